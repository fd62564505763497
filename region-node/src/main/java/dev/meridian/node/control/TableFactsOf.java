package dev.meridian.node.control;

import dev.meridian.node.catalogue.IndexState;
import dev.meridian.node.catalogue.Member;
import dev.meridian.node.catalogue.StreamState;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.definition.TableFacts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a description says of a table in the catalogue. */
final class TableFactsOf {

    private TableFactsOf() {}

    static TableFacts table(
            TableState table, String status, ControlSetting.Size size, Map<String, Member.Phase> phases) {
        List<TableFacts.Replica> replicas = phases.entrySet().stream()
                .map(replica -> new TableFacts.Replica(
                        replica.getKey(), replica.getValue().name()))
                .toList();
        return new TableFacts(
                table.arn(),
                table.id(),
                status,
                table.createdMillis(),
                size.items(),
                size.bytes(),
                table.lastStream().map(StreamState::label).orElse(""),
                filling(table),
                !table.replicas().isEmpty(),
                replicas);
    }

    private static Set<String> filling(TableState table) {
        Set<String> names = new HashSet<>();
        table.here().indexes().forEach((name, index) -> {
            if (index.phase() == IndexState.Phase.BACKFILLING) {
                names.add(name);
            }
        });
        return names;
    }
}
