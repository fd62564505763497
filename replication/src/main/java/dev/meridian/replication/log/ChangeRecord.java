package dev.meridian.replication.log;

import dev.meridian.conflict.AttributeVersions;
import dev.meridian.conflict.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * One write to one item, as it travels between regions.
 *
 * @param sequence the record's number among its origin's records of the partition: 1, 2, 3 without gaps
 * @param key the item's key bytes, the same in every region
 * @param stamp the write's version and what it knew; the version's region is the record's origin
 * @param image the whole new item, encoded, or null for a delete
 * @param attributes when each attribute was written, in tables that decide by attribute; null in all others
 */
public record ChangeRecord(
        long sequence,
        byte[] key,
        Stamp stamp,
        byte @Nullable [] image,
        @Nullable AttributeVersions attributes) {

    private static final int FORMAT = 1;
    private static final int FORMAT_BY_ATTRIBUTE = 2;

    /** What the numbers and the stamp take, about. */
    private static final int REST_BYTES = 64;

    public ChangeRecord(long sequence, byte[] key, Stamp stamp, byte @Nullable [] image) {
        this(sequence, key, stamp, image, null);
    }

    /** What the record makes of the item where nothing else is known of it. */
    public StampedImage stamped() {
        return new StampedImage(stamp, image, attributes);
    }

    /** How many bytes it takes, about. */
    public int bytes() {
        return REST_BYTES + key.length + (image == null ? 0 : image.length);
    }

    public byte[] encode() {
        Wire.Writer out = new Wire.Writer(bytes())
                .byteValue(attributes == null ? FORMAT : FORMAT_BY_ATTRIBUTE)
                .number(sequence)
                .bytes(key)
                .stamp(stamp)
                .optionalBytes(image);
        return (attributes == null ? out : out.attributes(attributes)).toBytes();
    }

    public static ChangeRecord decode(byte[] bytes) {
        Wire.Reader reader = new Wire.Reader(bytes);
        int format = reader.byteValue();
        if (format != FORMAT && format != FORMAT_BY_ATTRIBUTE) {
            throw new MalformedBytesException("a change record of format " + format);
        }
        return new ChangeRecord(
                reader.sequence(),
                reader.bytes(),
                reader.stamp(),
                reader.optionalBytes(),
                format == FORMAT_BY_ATTRIBUTE ? reader.attributes() : null);
    }
}
