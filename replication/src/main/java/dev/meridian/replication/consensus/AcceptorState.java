package dev.meridian.replication.consensus;

import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.Wire;
import org.jspecify.annotations.Nullable;

/**
 * What a region has promised and accepted for one item. Immutable. A reply may leave the region only once the state that
 * it tells of is durable.
 *
 * @param promised no attempt below this is taken part in
 * @param accepted the attempt whose value was taken last; never above {@code promised}
 */
public record AcceptorState(Ballot promised, Ballot accepted, byte @Nullable [] value) {

    /** Of an item that nobody has attempted anything with. */
    public static final AcceptorState NONE = new AcceptorState(Ballot.ZERO, Ballot.ZERO, null);

    private static final int FORMAT = 1;

    /** The state after a message, and the reply. */
    public record Step(AcceptorState next, Reply reply) {}

    /** Takes a message; one that is delivered twice is answered twice and changes nothing the second time. */
    public Step take(Message message) {
        if (message instanceof Message.Prepare prepare) {
            if (prepare.ballot().isBelow(promised)) {
                return new Step(this, new Reply.Refused(promised));
            }
            return new Step(new AcceptorState(prepare.ballot(), accepted, value), new Reply.Held(accepted, value));
        }
        return message instanceof Message.Accept accept
                ? accept(accept)
                : new Step(this, new Reply.Held(accepted, value));
    }

    private Step accept(Message.Accept accept) {
        if (accept.ballot().equals(accepted)) {
            return new Step(this, new Reply.Taken());
        }
        if (accept.ballot().isBelow(promised)) {
            return new Step(this, new Reply.Refused(promised));
        }
        Ballot promise = accept.ballot().isBelow(accept.next()) ? accept.next() : accept.ballot();
        return new Step(new AcceptorState(promise, accept.ballot(), accept.value()), new Reply.Taken());
    }

    public byte[] encode() {
        Wire.Writer out = new Wire.Writer(64 + (value == null ? 0 : value.length)).byteValue(FORMAT);
        Message.ballot(out, promised);
        Message.ballot(out, accepted);
        return out.optionalBytes(value).toBytes();
    }

    public static AcceptorState decode(byte[] bytes) {
        Wire.Reader in = new Wire.Reader(bytes);
        int format = in.byteValue();
        if (format != FORMAT) {
            throw new MalformedBytesException("an acceptor's state of format " + format);
        }
        return new AcceptorState(Message.ballot(in), Message.ballot(in), in.optionalBytes());
    }
}
