package dev.meridian.node.catalogue;

import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.Wire;
import dev.meridian.table.definition.TableDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a region tells its peers of its tables: all of them, every time, so that the last word is enough.
 *
 * @param incarnation which start of the sender this is
 * @param tables the sender's global tables
 * @param departed global tables the sender holds no more, and the epoch it left in
 * @param names the names of all the sender's tables, after their accounts and their founders
 */
public record Announcement(
        String region, String incarnation, List<Entry> tables, Map<String, Long> departed, List<String> names) {

    private static final int VERSION = 3;

    /** One global table as the sender sees it. */
    public record Entry(
            String globalId,
            TableDefinition definition,
            TableSettings settings,
            SettingsRevision revision,
            int partitionCount,
            Map<String, Member> members) {}

    /** What a region with that catalogue has to say. */
    public static Announcement of(String region, String incarnation, CatalogueState state) {
        List<Entry> entries = new ArrayList<>();
        for (TableState table : state.tables().values()) {
            if (table.members().size() > 1) {
                entries.add(new Entry(
                        table.globalId(),
                        table.definition(),
                        table.settings().synced(),
                        table.revision(),
                        table.partitionCount(),
                        table.members()));
            }
        }
        Map<String, Long> departed = new LinkedHashMap<>();
        state.departed().forEach((globalId, departure) -> departed.put(globalId, departure.epoch()));
        List<String> names = state.tables().values().stream()
                .flatMap(table ->
                        Stream.of(AccountSettings.qualified(table.account(), table.name()), table.commonName()))
                .distinct()
                .toList();
        return new Announcement(region, incarnation, entries, departed, names);
    }

    public byte[] encode() {
        Wire.Writer out = new Wire.Writer(512)
                .byteValue(VERSION)
                .text(region)
                .text(incarnation)
                .number(tables.size());
        for (Entry entry : tables) {
            out.text(entry.globalId()).bytes(entry.definition().toRequest());
            CatalogueBytes.settings(out, entry.settings());
            CatalogueBytes.revision(out, entry.revision());
            out.number(entry.partitionCount());
            CatalogueBytes.members(out, entry.members());
        }
        out.number(departed.size());
        departed.forEach((globalId, epoch) -> out.text(globalId).number(epoch));
        out.number(names.size());
        names.forEach(out::text);
        return out.toBytes();
    }

    public static Announcement decode(byte[] bytes) {
        Wire.Reader in = new Wire.Reader(bytes);
        if (in.byteValue() != VERSION) {
            throw new MalformedBytesException("an announcement of another version");
        }
        String region = in.text();
        String incarnation = in.text();
        List<Entry> entries = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            entries.add(new Entry(
                    in.text(),
                    CatalogueBytes.definition(in),
                    CatalogueBytes.settings(in),
                    CatalogueBytes.revision(in),
                    in.index(),
                    CatalogueBytes.members(in)));
        }
        Map<String, Long> departed = new LinkedHashMap<>();
        for (int left = in.count(); left > 0; left--) {
            departed.put(in.text(), in.number());
        }
        List<String> names = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            names.add(in.text());
        }
        return new Announcement(region, incarnation, entries, departed, names);
    }
}
