package dev.meridian.node.control;

import dev.meridian.node.account.Caller;
import dev.meridian.node.catalogue.Announcement;
import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.Member;
import dev.meridian.node.catalogue.TableArns;
import dev.meridian.node.catalogue.TablePermits;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.table.definition.TableDescriptionWriter;
import dev.meridian.table.definition.TableFacts;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.model.ServiceException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the operations on tables work with.
 *
 * @param region this region
 * @param regions every region of the run, this one among them
 * @param globalTables whether new tables get replicas everywhere
 * @param service how closely the service is followed
 * @param ids gives identifiers
 * @param caller whose request it is
 */
public record ControlSetting(
        String region,
        List<String> regions,
        boolean globalTables,
        ServiceSettings service,
        int partitionsPerTable,
        Catalogue catalogue,
        CatalogueWriter writer,
        InstantSource clock,
        Supplier<String> ids,
        TableSizes sizes,
        PeerTables peerTables,
        Updates updates,
        Settling settling,
        Associations associations,
        Caller caller) {

    /** Brings a strongly consistent table up to date here; fails where too few regions can be reached. */
    @FunctionalInterface
    public interface Settling {

        CompletionStage<Void> settle(TableSchema table);
    }

    /** Asks another region to let one of its tables have a replica of another account here; fails with {@link ServiceException}. */
    @FunctionalInterface
    public interface Associations {

        CompletionStage<Announcement> associate(Association association);
    }

    /** Tells the names of the tables in another region; fails where that region cannot be reached. */
    @FunctionalInterface
    public interface PeerTables {

        CompletionStage<List<String>> names(String region);
    }

    /** Tells how much tables and their indexes hold, perhaps a while ago. */
    @FunctionalInterface
    public interface TableSizes {

        /**
         * @param index the index's number, or 0 for the table itself
         */
        TableFacts.Size of(TableState table, int index);
    }

    public ControlSetting {
        regions = List.copyOf(regions);
    }

    /** Where a new table is to stand. */
    public List<String> newReplicas() {
        return globalTables ? regions : List.of(region);
    }

    /** The same for another request. */
    ControlSetting as(Caller next) {
        return new ControlSetting(
                region,
                regions,
                globalTables,
                service,
                partitionsPerTable,
                catalogue,
                writer,
                clock,
                ids,
                sizes,
                peerTables,
                updates,
                settling,
                associations,
                next);
    }

    /** The tables of the caller's account. */
    Stream<TableState> own(CatalogueState state) {
        return state.tables().values().stream().filter(table -> table.account().equals(caller.account()));
    }

    /** The caller's table of that name or ARN, or another account's of that ARN that lets the caller; empty where there is none. */
    Optional<TableState> find(CatalogueState state, String nameOrArn) {
        Optional<TableArns.Parts> arn = TableArns.parse(nameOrArn);
        if (arn.isPresent() && !arn.get().account().equals(caller.account())) {
            Optional<TableState> table = state.byArn(nameOrArn);
            TablePermits.check(table, nameOrArn, caller);
            return table;
        }
        return state.byName(caller.account(), TableArns.nameIn(nameOrArn));
    }

    /** The table of that name or ARN in the picture of the moment. */
    TableState existing(String nameOrArn) {
        return existing(catalogue.state(), nameOrArn);
    }

    /** The table of that name or ARN; throws the service's ResourceNotFoundException. */
    TableState existing(CatalogueState state, String nameOrArn) {
        return find(state, nameOrArn)
                .orElseThrow(() -> ServiceException.dynamodb(
                        "ResourceNotFoundException",
                        "Requested resource not found: Table: " + TableArns.nameIn(nameOrArn) + " not found"));
    }

    /** An answer that describes a table in the given member. */
    byte[] describe(String member, TableState table) {
        boolean isChanging =
                table.isChangingReplicas() || table.isChangingIndexes() || updates.isUpdating(table.globalId());
        String status = table.status() == TableState.Status.ACTIVE && isChanging
                ? "UPDATING"
                : table.status().name();
        return describe(member, table, status);
    }

    /** An answer that describes a table on its way to another status. */
    byte[] describe(String member, TableState table, String status) {
        return describe(member, table, status, table.replicas());
    }

    byte[] describe(String member, TableState table, String status, Map<String, Member.Phase> replicas) {
        return TableDescriptionWriter.answer(
                member, table.definitionIn(region), TableFactsOf.table(table, status, sizes, replicas));
    }
}
