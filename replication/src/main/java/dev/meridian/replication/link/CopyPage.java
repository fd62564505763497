package dev.meridian.replication.link;

import dev.meridian.conflict.VersionVector;
import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.replication.log.Wire;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a table's rows, tombstones among them, for a new replica or one that lost rows.
 *
 * @param positions what the peer's log and checkpoints said before its scan began; only in a page that starts at the beginning
 * @param next where the next page starts; null: this was the last
 */
public record CopyPage(List<Position> positions, List<Row> rows, byte @Nullable [] next) {

    private static final int VERSION = 1;

    /**
     * The highest sequence of an origin that the peer holds in a partition.
     *
     * @param origin a region, {@link #STABLE} or {@link #CLOCK}
     */
    public record Position(int partition, String origin, long sequence) {

        /** In place of an origin: the sequence is the time up to which the peer has let go of tombstones. */
        public static final String STABLE = VersionVector.EVERYONE;

        /** In place of an origin: the sequence is a time that the peer's clock has passed, as it has told the others. */
        public static final String CLOCK = VersionVector.EVERYONE + "clock";
    }

    /** One item row. */
    public record Row(byte[] key, StampedImage image) {}

    /**
     * Asks for a page.
     *
     * @param from where to start; null: at the beginning
     * @param to where to end, before that key; null: at the end
     */
    public record Request(String globalTable, byte @Nullable [] from, byte @Nullable [] to) {

        public byte[] encode() {
            return new Wire.Writer(64)
                    .byteValue(VERSION)
                    .text(globalTable)
                    .optionalBytes(from)
                    .optionalBytes(to)
                    .toBytes();
        }

        public static Request decode(byte[] bytes) {
            Wire.Reader in = new Wire.Reader(bytes);
            check(in.byteValue());
            return new Request(in.text(), in.optionalBytes(), in.optionalBytes());
        }
    }

    public byte[] encode() {
        Wire.Writer out = new Wire.Writer(4_096).byteValue(VERSION).number(positions.size());
        positions.forEach(position ->
                out.number(position.partition()).text(position.origin()).number(position.sequence()));
        out.number(rows.size());
        rows.forEach(row -> out.bytes(row.key()).bytes(row.image().encode()));
        return out.optionalBytes(next).toBytes();
    }

    public static CopyPage decode(byte[] bytes) {
        Wire.Reader in = new Wire.Reader(bytes);
        check(in.byteValue());
        List<Position> positions = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            int partition = in.index();
            String origin = in.text();
            boolean isTime = origin.equals(Position.STABLE) || origin.equals(Position.CLOCK);
            positions.add(new Position(partition, origin, isTime ? in.timestamp() : in.sequence()));
        }
        List<Row> rows = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            rows.add(new Row(in.bytes(), StampedImage.decode(in.bytes())));
        }
        return new CopyPage(positions, rows, in.optionalBytes());
    }

    private static void check(int version) {
        if (version != VERSION) {
            throw new MalformedBytesException("a copy of another version");
        }
    }
}
