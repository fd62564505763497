package dev.meridian.replication.log;

import dev.meridian.conflict.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * The value of an item row: the stamp and the item.
 *
 * @param image the encoded item, or null for a tombstone
 */
public record StampedImage(Stamp stamp, byte @Nullable [] image) {

    private static final int FORMAT = 1;

    public byte[] encode() {
        return new Wire.Writer(64 + (image == null ? 0 : image.length))
                .byteValue(FORMAT)
                .stamp(stamp)
                .optionalBytes(image)
                .toBytes();
    }

    public static StampedImage decode(byte[] bytes) {
        Wire.Reader reader = new Wire.Reader(bytes);
        int format = reader.byteValue();
        if (format != FORMAT) {
            throw new MalformedBytesException("an item row of format " + format);
        }
        return new StampedImage(reader.stamp(), reader.optionalBytes());
    }
}
