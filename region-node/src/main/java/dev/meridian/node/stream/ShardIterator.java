package dev.meridian.node.stream;

import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.Wire;
import dev.meridian.table.model.ServiceException;
import java.util.Base64;

/**
 * A place in a shard, as clients carry it about.
 *
 * @param span the span of time of the shard
 * @param next the sequence to be read next
 * @param issuedMillis since 1970 UTC
 */
record ShardIterator(String streamArn, int partition, long span, long next, long issuedMillis) {

    private static final int FORMAT = 2;

    String encode() {
        byte[] bytes = new Wire.Writer(128)
                .byteValue(FORMAT)
                .text(streamArn)
                .number(partition)
                .number(span)
                .number(next)
                .number(issuedMillis)
                .toBytes();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Reads what {@link #encode} wrote; throws the service's ValidationException for anything else. */
    static ShardIterator decode(String text) {
        try {
            Wire.Reader in = new Wire.Reader(Base64.getUrlDecoder().decode(text));
            if (in.byteValue() == FORMAT) {
                ShardIterator iterator =
                        new ShardIterator(in.text(), in.index(), in.number(), in.number(), in.number());
                if (in.atEnd()) {
                    return iterator;
                }
            }
        } catch (IllegalArgumentException | MalformedBytesException malformed) {
            // Falls through to the refusal.
        }
        throw ServiceException.validation("Invalid ShardIterator");
    }

    ShardIterator at(long sequence, long nowMillis) {
        return new ShardIterator(streamArn, partition, span, sequence, nowMillis);
    }
}
