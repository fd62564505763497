package dev.meridian.replication.consensus;

import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.Wire;
import org.jspecify.annotations.Nullable;

/** What a proposer says to an acceptor about one item. */
public sealed interface Message {

    /** Take part in this attempt, and in none before it. */
    record Prepare(Ballot ballot) implements Message {}

    /**
     * Take this value.
     *
     * @param next a promise asked for in the same breath: to take part in no attempt below it; {@link Ballot#ZERO}: none
     */
    record Accept(Ballot ballot, byte @Nullable [] value, Ballot next) implements Message {}

    /** Tell what was accepted; promises nothing. */
    record Ask() implements Message {}

    /** Writes the message. */
    static void write(Wire.Writer out, Message message) {
        if (message instanceof Prepare prepare) {
            ballot(out.byteValue(1), prepare.ballot());
        } else if (message instanceof Accept accept) {
            ballot(out.byteValue(2), accept.ballot());
            ballot(out.optionalBytes(accept.value()), accept.next());
        } else {
            out.byteValue(3);
        }
    }

    /** Reads what {@link #write} wrote. */
    static Message read(Wire.Reader in) {
        int kind = in.byteValue();
        return switch (kind) {
            case 1 -> new Prepare(ballot(in));
            case 2 -> new Accept(ballot(in), in.optionalBytes(), ballot(in));
            case 3 -> new Ask();
            default -> throw new MalformedBytesException("a message of kind " + kind);
        };
    }

    /** Writes a ballot. */
    static void ballot(Wire.Writer out, Ballot ballot) {
        out.number(ballot.counter()).text(ballot.proposer());
    }

    /** Reads a ballot. */
    static Ballot ballot(Wire.Reader in) {
        return new Ballot(in.number(), in.text());
    }
}
