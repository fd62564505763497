package dev.meridian.node.stream;

import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.Wire;
import org.jspecify.annotations.Nullable;

/**
 * One row of a stream.
 *
 * @param atMillis when the change came to be here, since 1970 UTC
 * @param origin the region whose change record holds the item as it was afterwards
 * @param sequence that record's sequence
 * @param byService whether the service itself made the change
 * @param before the encoded item before, or null where there was none
 */
public record StreamRow(long atMillis, String origin, long sequence, boolean byService, byte @Nullable [] before) {

    private static final int FORMAT = 1;

    public byte[] encode() {
        return new Wire.Writer(48 + (before == null ? 0 : before.length))
                .byteValue(FORMAT)
                .number(atMillis)
                .text(origin)
                .number(sequence)
                .byteValue(byService ? 1 : 0)
                .optionalBytes(before)
                .toBytes();
    }

    public static StreamRow decode(byte[] bytes) {
        Wire.Reader in = new Wire.Reader(bytes);
        int format = in.byteValue();
        if (format != FORMAT) {
            throw new MalformedBytesException("a stream's row of format " + format);
        }
        return new StreamRow(in.number(), in.text(), in.number(), in.byteValue() == 1, in.optionalBytes());
    }
}
