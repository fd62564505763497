package dev.meridian.replication.log;

import dev.meridian.conflict.AttributeVersions;
import dev.meridian.conflict.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * The value of an item row: the stamp and the item.
 *
 * @param image the encoded item, or null for a tombstone
 * @param attributes when each attribute was written, in tables that decide by attribute; null in all others
 */
public record StampedImage(
        Stamp stamp, byte @Nullable [] image, @Nullable AttributeVersions attributes) {

    private static final int FORMAT = 1;
    private static final int FORMAT_BY_ATTRIBUTE = 2;

    public StampedImage(Stamp stamp, byte @Nullable [] image) {
        this(stamp, image, null);
    }

    /** The same under another stamp. */
    public StampedImage stamped(Stamp other) {
        return new StampedImage(other, image, attributes);
    }

    public byte[] encode() {
        Wire.Writer out = new Wire.Writer(64 + (image == null ? 0 : image.length))
                .byteValue(attributes == null ? FORMAT : FORMAT_BY_ATTRIBUTE)
                .stamp(stamp)
                .optionalBytes(image);
        return (attributes == null ? out : out.attributes(attributes)).toBytes();
    }

    public static StampedImage decode(byte[] bytes) {
        Wire.Reader reader = new Wire.Reader(bytes);
        int format = reader.byteValue();
        if (format != FORMAT && format != FORMAT_BY_ATTRIBUTE) {
            throw new MalformedBytesException("an item row of format " + format);
        }
        return new StampedImage(
                reader.stamp(), reader.optionalBytes(), format == FORMAT_BY_ATTRIBUTE ? reader.attributes() : null);
    }
}
