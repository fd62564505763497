package dev.meridian.node.control;

import dev.meridian.node.catalogue.Member;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.definition.TableFacts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** What a description says of a table in the catalogue. */
final class TableFactsOf {

    private static final DateTimeFormatter STREAM_LABEL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private TableFactsOf() {}

    static TableFacts table(TableState table, String status, long itemCount, Map<String, Member.Phase> phases) {
        List<TableFacts.Replica> replicas = phases.entrySet().stream()
                .map(replica -> new TableFacts.Replica(
                        replica.getKey(), replica.getValue().name()))
                .toList();
        return new TableFacts(
                table.arn(),
                table.id(),
                status,
                table.createdMillis(),
                itemCount,
                0,
                STREAM_LABEL.format(Instant.ofEpochMilli(table.createdMillis())),
                !table.replicas().isEmpty(),
                replicas);
    }
}
