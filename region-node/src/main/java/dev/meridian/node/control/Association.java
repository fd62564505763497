package dev.meridian.node.control;

import dev.meridian.node.account.Caller;
import dev.meridian.node.account.ResourcePolicy;
import dev.meridian.node.catalogue.AccountSettings;
import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.Member;
import dev.meridian.node.catalogue.OverrideSettings;
import dev.meridian.node.catalogue.TableArns;
import dev.meridian.node.catalogue.TablePermits;
import dev.meridian.node.catalogue.TableSettings;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.replication.log.Wire;
import dev.meridian.table.definition.TableDefinition;
import dev.meridian.table.model.ServiceException;
import java.util.ArrayList;
import java.util.List;

/**
 * That an account wants a replica of another account's table in a region of its own, as the table's region is asked it.
 *
 * @param source the table's ARN
 * @param replica the ARN the replica would have
 * @param policy the replica's resource policy; empty: none
 * @param own holds what the account sets for its own replica
 */
public record Association(String source, String replica, String policy, TableDefinition own) {

    byte[] encode() {
        return new Wire.Writer(256)
                .text(source)
                .text(replica)
                .text(policy)
                .bytes(own.toRequest())
                .toBytes();
    }

    static Association decode(byte[] bytes) {
        Wire.Reader in = new Wire.Reader(bytes);
        return new Association(in.text(), in.text(), in.text(), TableDefinition.fromRequest(in.bytes()));
    }

    /** What it makes of the table, in the table's region; throws {@link ServiceException} where it may not be. */
    List<CatalogueEvent> decide(CatalogueState state, ServiceSettings service, long nowMillis) {
        TableArns.Parts joining = TableArns.parse(replica).orElseThrow();
        TablePermits.check(state.byArn(source), source, new Caller(joining.account(), "AssociateTableReplica"));
        TableState table = state.byArn(source).orElseThrow();
        check(table, joining, service);
        checkPolicies(table);
        List<CatalogueEvent> events = new ArrayList<>();
        TableSettings settings = AccountSettings.with(
                AccountSettings.authorized(table.settings(), table.region()), joining.region(), joining.account());
        events.add(new CatalogueEvent.SettingsChanged(
                table.globalId(), AccountSettings.joining(settings, joining.region(), own, policy)));
        if (table.definition().streamView().isEmpty()) {
            events.addAll(ReplicaUpdate.streamed(table, nowMillis));
        }
        events.add(new CatalogueEvent.ReplicaRequested(
                table.globalId(), joining.region(), new Member.Origin(table.region(), nowMillis)));
        return events;
    }

    private static void check(TableState table, TableArns.Parts joining, ServiceSettings service) {
        if (table.status() != TableState.Status.ACTIVE || table.isChangingReplicas() || table.isChangingIndexes()) {
            throw UpdateTableRequest.inUse(table);
        }
        if (table.schema().isStrong()) {
            throw ServiceException.validation(
                    "Global tables with MultiRegionConsistency set to STRONG have replicas of " + "one account only");
        }
        if (!AccountSettings.mode(table.settings()).equals(AccountSettings.ENABLED)) {
            throw ServiceException.validation("GlobalTableSettingsReplicationMode of the source table must be ENABLED");
        }
        if (!table.replicas().isEmpty() && !table.isOfSeveralAccounts()
                || !OverrideSettings.regions(table.settings()).isEmpty()) {
            throw ServiceException.validation("A global table of one account cannot get replicas of other accounts: "
                    + "delete its replicas but the source table first");
        }
        if (table.replicas().containsKey(joining.region())) {
            throw ServiceException.validation(
                    "The global table has a replica in region " + joining.region() + " already");
        }
        boolean isInAlready = table.replicas().keySet().stream()
                .anyMatch(region -> AccountSettings.in(table.settings(), region).equals(joining.account()));
        if (isInAlready) {
            throw ServiceException.validation("Account " + joining.account()
                    + " has a replica of the global table already: each replica is of another account");
        }
        if (!table.definition().onDemand() && !service.flag("provisioned-replicas")) {
            throw ReplicaUpdate.notScaled();
        }
    }

    /** Both tables must let the service replicate among all replicas; the policies of others stand in their regions. */
    private void checkPolicies(TableState table) {
        List<TableArns.Parts> replicas = ReplicationPolicy.replicas(table);
        replicas.add(TableArns.parse(replica).orElseThrow());
        ReplicationPolicy.check(TablePermits.of(table.settings()), source, replicas);
        ReplicationPolicy.check(ResourcePolicy.parse(policy).orElse(ResourcePolicy.NONE), replica, replicas);
    }
}
