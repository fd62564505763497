package dev.meridian.node.stream;

import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.Wire;
import org.jspecify.annotations.Nullable;

/**
 * One row of a stream.
 *
 * @param atMillis when the change came to be here, since 1970 UTC
 * @param origin the region whose change record holds the item as it was afterwards
 * @param sequence that record's sequence, or {@link #INLINE} where there is no such record: the item came whole
 * @param byService whether the service itself made the change
 * @param before the encoded item before, or null where there was none
 * @param after the encoded item afterwards if the row itself holds it, and there was one
 */
public record StreamRow(
        long atMillis,
        String origin,
        long sequence,
        boolean byService,
        byte @Nullable [] before,
        byte @Nullable [] after) {

    /** In place of a sequence: what came after stands in the row. */
    public static final long INLINE = 0;

    private static final int FORMAT = 1;
    private static final int FORMAT_INLINE = 2;

    public byte[] encode() {
        boolean inline = sequence == INLINE;
        int images = (before == null ? 0 : before.length) + (after == null ? 0 : after.length);
        Wire.Writer out = new Wire.Writer(48 + images)
                .byteValue(inline ? FORMAT_INLINE : FORMAT)
                .number(atMillis)
                .text(origin)
                .number(sequence)
                .byteValue(byService ? 1 : 0)
                .optionalBytes(before);
        return (inline ? out.optionalBytes(after) : out).toBytes();
    }

    public static StreamRow decode(byte[] bytes) {
        Wire.Reader in = new Wire.Reader(bytes);
        int format = in.byteValue();
        if (format != FORMAT && format != FORMAT_INLINE) {
            throw new MalformedBytesException("a stream's row of format " + format);
        }
        return new StreamRow(
                in.number(),
                in.text(),
                in.number(),
                in.byteValue() == 1,
                in.optionalBytes(),
                format == FORMAT_INLINE ? in.optionalBytes() : null);
    }
}
