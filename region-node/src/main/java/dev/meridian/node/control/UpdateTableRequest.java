package dev.meridian.node.control;

import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.OverrideSettings;
import dev.meridian.node.catalogue.TableSettings;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.table.definition.ReplicaOverrides;
import dev.meridian.table.definition.TableDefinition;
import dev.meridian.table.definition.TableUpdate;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * UpdateTable: one replica added or removed, or the stream and what {@link TableUpdate} changes. Texts as the live service
 * gives them.
 *
 * @param replicas what happens to replicas; empty where nothing does
 * @param strong what makes the table strongly consistent, or takes that apart, or null
 * @param stream what happens to the stream, or null
 */
record UpdateTableRequest(
        Struct request,
        List<ReplicaUpdate> replicas,
        @Nullable StrongUpdate strong,
        @Nullable StreamChange stream) {

    private static final String MODE = "GlobalTableSettingsReplicationMode";
    private static final List<String> UNSERVED = List.of("VectorIndexUpdates");
    private static final List<String> DEFINING = List.of(
            "BillingMode",
            "ProvisionedThroughput",
            "GlobalSecondaryIndexUpdates",
            "OnDemandThroughput",
            "WarmThroughput",
            "SSESpecification",
            "TableClass",
            "DeletionProtectionEnabled",
            MODE);

    /**
     * Reads a request.
     *
     * @param isStrong whether the table is strongly consistent already
     */
    static UpdateTableRequest parse(Struct request, String region, List<String> regions, boolean isStrong) {
        for (String member : UNSERVED) {
            if (request.has(member)) {
                throw ServiceException.validation("Meridian does not serve UpdateTable with " + member + " yet");
            }
        }
        boolean isOfReplicas = request.has("ReplicaUpdates");
        boolean isAboutStrong = isStrong && !ReplicaUpdate.isOfOverrides(request)
                || "STRONG".equals(request.text("MultiRegionConsistency"))
                || request.has("GlobalTableWitnessUpdates");
        StrongUpdate strong = isOfReplicas && isAboutStrong ? StrongUpdate.parse(request, region, regions) : null;
        List<ReplicaUpdate> replicas =
                isOfReplicas && !isAboutStrong ? ReplicaUpdate.parse(request, region, regions) : List.of();
        Struct specification = request.struct("StreamSpecification");
        StreamChange stream = specification == null ? null : StreamChange.parse(specification);
        boolean isDefining = DEFINING.stream().anyMatch(request::has);
        if (isOfReplicas && (isDefining || stream != null)) {
            throw ServiceException.validation(
                    "Requests that modify replicas or witnesses must not also modify other fields");
        }
        if (!isOfReplicas && stream == null && !isDefining) {
            throw ServiceException.validation(
                    "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, "
                            + "SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, "
                            + "MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or "
                            + "TableClass is required");
        }
        return new UpdateTableRequest(request, replicas, strong, stream);
    }

    static ServiceException inUse(TableState table) {
        return ServiceException.dynamodb(
                "ResourceInUseException",
                "Attempt to change a resource which is still in use: Table is being updated: " + table.name());
    }

    /** The regions that are to get replicas. */
    List<String> newReplicas() {
        if (strong != null) {
            return strong.created();
        }
        return replicas.stream()
                .filter(replica -> replica.action() == ReplicaUpdate.Action.CREATE)
                .map(ReplicaUpdate::region)
                .toList();
    }

    /** Whether the request takes a strongly consistent table apart. */
    boolean endsStrong() {
        return strong != null && strong.isEnd();
    }

    /**
     * What the request makes of a table.
     *
     * @param namesTaken the names of tables in the regions that are to get replicas
     * @param setting gives what the decision needs besides
     */
    List<CatalogueEvent> decide(TableState table, List<String> namesTaken, ControlSetting setting) {
        ServiceSettings service = setting.service();
        long nowMillis = setting.clock().millis();
        if (table.status() != TableState.Status.ACTIVE || table.isChangingReplicas() || table.isChangingIndexes()) {
            throw inUse(table);
        }
        SettingsMode.refuse(table, this);
        if (strong != null) {
            boolean isEmpty = setting.sizes().of(table, 0).items() == 0;
            return strong.decide(table, namesTaken, isEmpty, setting.ids().get(), service, nowMillis);
        }
        if (!replicas.isEmpty()) {
            return ReplicaUpdate.decide(replicas, table, namesTaken, service, nowMillis);
        }
        TableDefinition changed = TableUpdate.apply(table.definition(), request);
        List<CatalogueEvent> events = new ArrayList<>();
        if (stream != null) {
            events.add(stream.decide(table, nowMillis));
            changed = changed.withStreamView(stream.view());
        }
        events.add(new CatalogueEvent.TableRedefined(table.globalId(), changed));
        String mode = request.text(MODE);
        TableSettings settings = mode == null ? table.settings() : SettingsMode.changed(table, mode);
        for (String region : OverrideSettings.regions(settings)) {
            ReplicaOverrides left = OverrideSettings.of(settings, region).after(table.definition(), changed);
            settings = OverrideSettings.with(settings, region, left);
        }
        if (!settings.equals(table.settings())) {
            events.add(new CatalogueEvent.SettingsChanged(table.globalId(), settings));
        }
        return events;
    }
}
