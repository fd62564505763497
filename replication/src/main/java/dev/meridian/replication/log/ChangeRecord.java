package dev.meridian.replication.log;

import dev.meridian.conflict.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * One write to one item, as it travels between regions.
 *
 * @param sequence the record's number among its origin's records of the partition: 1, 2, 3 without gaps
 * @param key the item's key bytes, the same in every region
 * @param stamp the write's version and what it knew; the version's region is the record's origin
 * @param image the whole new item, encoded, or null for a delete
 */
public record ChangeRecord(long sequence, byte[] key, Stamp stamp, byte @Nullable [] image) {

    private static final int FORMAT = 1;
    /** What the numbers and the stamp take, about. */
    private static final int REST_BYTES = 64;

    /** How many bytes it takes, about. */
    public int bytes() {
        return REST_BYTES + key.length + (image == null ? 0 : image.length);
    }

    public byte[] encode() {
        Wire.Writer writer = new Wire.Writer(bytes());
        return writeTo(writer.byteValue(FORMAT)).toBytes();
    }

    public static ChangeRecord decode(byte[] bytes) {
        Wire.Reader reader = new Wire.Reader(bytes);
        int format = reader.byteValue();
        if (format != FORMAT) {
            throw new MalformedBytesException("a change record of format " + format);
        }
        return readFrom(reader);
    }

    private Wire.Writer writeTo(Wire.Writer writer) {
        return writer.number(sequence).bytes(key).stamp(stamp).optionalBytes(image);
    }

    private static ChangeRecord readFrom(Wire.Reader reader) {
        return new ChangeRecord(reader.number(), reader.bytes(), reader.stamp(), reader.optionalBytes());
    }
}
