package dev.meridian.table.value;

/**
 * Tells whether bytes that came from elsewhere are an item's, as {@link ItemCodec} writes them: a walk over types and lengths that
 * decodes nothing and so costs a small part of decoding.
 */
public final class ItemBytes {

    private static final int FORMAT = 1;
    private static final int NESTING_MAX = 64;
    private static final int SCALE_BASE = 1_024;

    /** More than any number of the service has before or after its point. */
    private static final int SCALE_MAX = 300;

    private static final int NUMBER_BYTES_MAX = 64;

    private final byte[] bytes;
    private int position;
    private int depth;

    private ItemBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether {@link ItemCodec#decode} makes an item of them that can be told to a client. */
    public static boolean areSound(byte[] bytes) {
        ItemBytes walk = new ItemBytes(bytes);
        return bytes.length > 0 && bytes[walk.position++] == FORMAT && walk.entries() && walk.position == bytes.length;
    }

    private boolean entries() {
        for (int left = count(); left != 0; left--) {
            if (left < 0 || !text() || !value()) {
                return false;
            }
        }
        return true;
    }

    private boolean value() {
        if (position == bytes.length || ++depth > NESTING_MAX) {
            return false;
        }
        boolean isSound = switch (bytes[position++]) {
            case 'S', 'B' -> text();
            case 'N' -> decimal();
            case 'T', 'F', '0' -> true;
            case 'M' -> entries();
            case 'L' -> elements();
            case 's', 'b' -> texts();
            case 'n' -> decimals();
            default -> false;
        };
        depth--;
        return isSound;
    }

    private boolean elements() {
        for (int left = count(); left != 0; left--) {
            if (left < 0 || !value()) {
                return false;
            }
        }
        return true;
    }

    private boolean texts() {
        int count = count();
        for (int left = count; left > 0; left--) {
            if (!text()) {
                return false;
            }
        }
        return count > 0;
    }

    private boolean decimals() {
        int count = count();
        for (int left = count; left > 0; left--) {
            if (!decimal()) {
                return false;
            }
        }
        return count > 0;
    }

    private boolean decimal() {
        int scale = number() - SCALE_BASE;
        int length = count();
        if (Math.abs(scale) > SCALE_MAX || length < 1 || length > NUMBER_BYTES_MAX) {
            return false;
        }
        position += length;
        return true;
    }

    /** Any bytes with their length before them. */
    private boolean text() {
        int length = count();
        if (length < 0) {
            return false;
        }
        position += length;
        return true;
    }

    /** A count of things that take at least a byte each; negative where there are too few bytes left. */
    private int count() {
        int count = number();
        return count > bytes.length - position ? -1 : count;
    }

    /** Negative where there is none. */
    private int number() {
        int value = 0;
        for (int shift = 0; shift < 35 && position < bytes.length; shift += 7) {
            int next = bytes[position++];
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        return -1;
    }
}
