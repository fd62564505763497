package dev.meridian.replication.log;

import dev.meridian.conflict.HybridTimestamp;

/**
 * Two writes to one item that did not know of each other, and which of them stayed. Both had been acknowledged to their
 * writers: only durable writes travel.
 *
 * @param table the table's name
 * @param key the item's key bytes
 * @param detectedIn the region where they met
 * @param detectedAt that region's hybrid timestamp at the time, unique within the region
 * @param clockMillis that region's wall clock at the time, which hybrid timestamps may be ahead of; 0 where nobody noted it
 */
public record Conflict(
        String table,
        byte[] key,
        StampedImage winner,
        StampedImage loser,
        String detectedIn,
        long detectedAt,
        long clockMillis) {

    private static final int FORMAT = 2;
    private static final int FORMAT_WITHOUT_CLOCK = 1;

    /** What decided. */
    public enum Rule {
        LATER_TIMESTAMP,
        /** The earlier one stayed: the table favours a region. */
        REGION_PRIORITY,
        /** Attributes of the loser, or it as a whole, gave way to later ones; what else it wrote stayed. */
        ATTRIBUTES,
        REGION_NAME
    }

    public Rule rule() {
        if (winner.attributes() != null) {
            return Rule.ATTRIBUTES;
        }
        int later = Long.compare(
                winner.stamp().version().timestamp(), loser.stamp().version().timestamp());
        if (later == 0) {
            return Rule.REGION_NAME;
        }
        return later > 0 ? Rule.LATER_TIMESTAMP : Rule.REGION_PRIORITY;
    }

    /** When the two met, in milliseconds since 1970 UTC by the region's own clock. */
    public long detectedAtMillis() {
        return HybridTimestamp.millis(detectedAt);
    }

    public byte[] encode() {
        return new Wire.Writer(256)
                .byteValue(FORMAT)
                .text(table)
                .bytes(key)
                .bytes(winner.encode())
                .bytes(loser.encode())
                .text(detectedIn)
                .number(detectedAt)
                .number(clockMillis)
                .toBytes();
    }

    public static Conflict decode(byte[] bytes) {
        Wire.Reader reader = new Wire.Reader(bytes);
        int format = reader.byteValue();
        if (format != FORMAT && format != FORMAT_WITHOUT_CLOCK) {
            throw new MalformedBytesException("a conflict of format " + format);
        }
        return new Conflict(
                reader.text(),
                reader.bytes(),
                StampedImage.decode(reader.bytes()),
                StampedImage.decode(reader.bytes()),
                reader.text(),
                reader.number(),
                format == FORMAT ? reader.number() : 0);
    }
}
