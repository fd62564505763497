package dev.meridian.node.control;

import dev.meridian.node.catalogue.AccountSettings;
import dev.meridian.node.catalogue.IndexState;
import dev.meridian.node.catalogue.Member;
import dev.meridian.node.catalogue.OverrideSettings;
import dev.meridian.node.catalogue.StreamState;
import dev.meridian.node.catalogue.StrongSettings;
import dev.meridian.node.catalogue.TableArns;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.definition.TableFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a description says of a table in the catalogue. */
final class TableFactsOf {

    private TableFactsOf() {}

    static TableFacts table(
            TableState table, String status, ControlSetting.TableSizes sizes, Map<String, Member.Phase> phases) {
        List<TableFacts.Replica> replicas = phases.entrySet().stream()
                .map(replica -> replica(table, replica.getKey(), replica.getValue()))
                .toList();
        Map<String, TableFacts.Index> indexes = new HashMap<>();
        table.here()
                .indexes()
                .forEach((name, index) -> indexes.put(
                        name,
                        new TableFacts.Index(
                                index.phase() == IndexState.Phase.BACKFILLING,
                                index.phase() == IndexState.Phase.ACTIVE,
                                sizes.of(table, index.number()))));
        return new TableFacts(
                table.arn(),
                table.id(),
                status,
                table.createdMillis(),
                sizes.of(table, 0),
                table.lastStream().map(StreamState::label).orElse(""),
                indexes,
                !table.replicas().isEmpty(),
                AccountSettings.mode(table.settings()),
                table.schema().isStrong(),
                StrongSettings.witness(table.settings()).stream()
                        .map(witness -> new TableFacts.Witness(
                                witness.region(), witness.phase().name()))
                        .toList(),
                replicas);
    }

    private static TableFacts.Replica replica(TableState table, String region, Member.Phase phase) {
        return new TableFacts.Replica(
                region,
                table.isOfSeveralAccounts()
                        ? TableArns.of(region, AccountSettings.in(table.settings(), region), table.name())
                        : "",
                phase == Member.Phase.ACTIVE && !table.isAuthorized(region)
                        ? "REPLICATION_NOT_AUTHORIZED"
                        : phase.name(),
                OverrideSettings.of(table.settings(), region),
                table.definitionIn(region).warmNow());
    }
}
