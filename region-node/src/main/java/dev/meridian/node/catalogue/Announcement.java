package dev.meridian.node.catalogue;

import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.Wire;
import dev.meridian.table.definition.TableDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a region tells its peers of its global tables: all of them, every time, so that the last word is enough.
 *
 * @param revision the sender's catalogue revision; older ones are passed over
 */
public record Announcement(String region, long revision, List<Entry> tables) {

    private static final int VERSION = 1;

    /** One global table as the sender sees it. */
    public record Entry(
            String globalId,
            TableDefinition definition,
            int partitionCount,
            TableState.Status status,
            Map<String, TableState.Status> replicas) {}

    /** What a region with that catalogue has to say. */
    public static Announcement of(String region, CatalogueState state) {
        List<Entry> entries = new ArrayList<>();
        for (TableState table : state.tables().values()) {
            if (!table.replicas().isEmpty()) {
                entries.add(new Entry(
                        table.globalId(),
                        table.definition(),
                        table.partitionCount(),
                        table.status(),
                        table.replicas()));
            }
        }
        return new Announcement(region, state.revision(), entries);
    }

    public byte[] encode() {
        Wire.Writer out = new Wire.Writer(512)
                .byteValue(VERSION)
                .text(region)
                .number(revision)
                .number(tables.size());
        for (Entry entry : tables) {
            out.text(entry.globalId())
                    .bytes(entry.definition().toRequest())
                    .number(entry.partitionCount())
                    .text(entry.status().name())
                    .number(entry.replicas().size());
            entry.replicas().forEach((replica, status) -> out.text(replica).text(status.name()));
        }
        return out.toBytes();
    }

    public static Announcement decode(byte[] bytes) {
        Wire.Reader in = new Wire.Reader(bytes);
        if (in.byteValue() != VERSION) {
            throw new MalformedBytesException("an announcement of another version");
        }
        String region = in.text();
        long revision = in.number();
        List<Entry> entries = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            String globalId = in.text();
            TableDefinition definition = TableDefinition.fromRequest(in.bytes());
            int partitionCount = (int) in.number();
            TableState.Status status = TableState.Status.valueOf(in.text());
            Map<String, TableState.Status> replicas = new LinkedHashMap<>();
            for (int replica = in.count(); replica > 0; replica--) {
                replicas.put(in.text(), TableState.Status.valueOf(in.text()));
            }
            entries.add(new Entry(globalId, definition, partitionCount, status, replicas));
        }
        return new Announcement(region, revision, entries);
    }
}
