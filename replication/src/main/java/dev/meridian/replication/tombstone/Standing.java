package dev.meridian.replication.tombstone;

import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.Wire;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a region stands with a table.
 *
 * @param members the regions that hold a replica, as this region knows, and the epoch each of them joined in
 * @param marks by partition
 * @param checkpoints by partition: the highest sequence of each other member that is durable here
 */
public record Standing(Map<String, Long> members, List<Mark> marks, List<Map<String, Long>> checkpoints) {

    private static final int VERSION = 1;

    /**
     * A point in a region's log of one partition.
     *
     * @param timestamp what the region writes from now on is later, also after a crash
     * @param sequence all that it wrote until then has this sequence or a smaller one
     */
    public record Mark(long timestamp, long sequence) {}

    /** The standings of several tables, by their global identifiers. */
    public static byte[] encode(Map<String, Standing> tables) {
        Wire.Writer out = new Wire.Writer(512).byteValue(VERSION).number(tables.size());
        tables.forEach((globalId, standing) -> {
            out.text(globalId);
            write(out, standing.members());
            out.number(standing.marks().size());
            for (int partition = 0; partition < standing.marks().size(); partition++) {
                Mark mark = standing.marks().get(partition);
                out.number(mark.timestamp()).number(mark.sequence());
                write(out, standing.checkpoints().get(partition));
            }
        });
        return out.toBytes();
    }

    /** Reads what {@link #encode} wrote. */
    public static Map<String, Standing> decode(byte[] bytes) {
        Wire.Reader in = new Wire.Reader(bytes);
        if (in.byteValue() != VERSION) {
            throw new MalformedBytesException("standings of another version");
        }
        Map<String, Standing> tables = new LinkedHashMap<>();
        for (int left = in.count(); left > 0; left--) {
            String globalId = in.text();
            Map<String, Long> members = read(in);
            List<Mark> marks = new ArrayList<>();
            List<Map<String, Long>> checkpoints = new ArrayList<>();
            for (int partitions = in.count(); partitions > 0; partitions--) {
                marks.add(new Mark(in.number(), in.number()));
                checkpoints.add(read(in));
            }
            tables.put(globalId, new Standing(members, marks, checkpoints));
        }
        return tables;
    }

    private static void write(Wire.Writer out, Map<String, Long> numbers) {
        out.number(numbers.size());
        numbers.forEach((name, number) -> out.text(name).number(number));
    }

    private static Map<String, Long> read(Wire.Reader in) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        for (int left = in.count(); left > 0; left--) {
            numbers.put(in.text(), in.number());
        }
        return numbers;
    }
}
