package dev.meridian.replication.consensus;

import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.Wire;
import org.jspecify.annotations.Nullable;

/** What an acceptor answers. */
public sealed interface Reply {

    /**
     * What was accepted last: the answer to {@link Message.Ask}, and the promise that {@link Message.Prepare} asks for.
     *
     * @param accepted the ballot it was accepted in; {@link Ballot#ZERO} where nothing was
     */
    record Held(Ballot accepted, byte @Nullable [] value) implements Reply {}

    /** The value was taken. */
    record Taken() implements Reply {}

    /** Another attempt was promised to that is greater. */
    record Refused(Ballot promised) implements Reply {}

    /** As bytes. */
    default byte[] encode() {
        Wire.Writer out = new Wire.Writer(64);
        if (this instanceof Held held) {
            Message.ballot(out.byteValue(1), held.accepted());
            out.optionalBytes(held.value());
        } else if (this instanceof Taken) {
            out.byteValue(2);
        } else {
            Message.ballot(out.byteValue(3), ((Refused) this).promised());
        }
        return out.toBytes();
    }

    /** Reads what {@link #encode} wrote. */
    static Reply decode(byte[] bytes) {
        Wire.Reader in = new Wire.Reader(bytes);
        int kind = in.byteValue();
        return switch (kind) {
            case 1 -> new Held(Message.ballot(in), in.optionalBytes());
            case 2 -> new Taken();
            case 3 -> new Refused(Message.ballot(in));
            default -> throw new MalformedBytesException("a reply of kind " + kind);
        };
    }
}
