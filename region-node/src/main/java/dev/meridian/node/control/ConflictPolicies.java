package dev.meridian.node.control;

import dev.meridian.conflict.ConflictPolicy;
import dev.meridian.conflict.LastWriterWins;
import dev.meridian.conflict.RegionPriority;
import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.TableSettings;
import dev.meridian.node.catalogue.TableState;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Sets which of two concurrent writes to an item of a table stays, for people who compare; the service has one rule. All replicas
 * share it. Only an empty table can be set, as what was decided by one rule cannot be decided again by another.
 */
public final class ConflictPolicies {

    private final CatalogueWriter writer;
    private final ControlSetting.TableSizes sizes;

    public ConflictPolicies(CatalogueWriter writer, ControlSetting.TableSizes sizes) {
        this.writer = writer;
        this.sizes = sizes;
    }

    /** Completes when it is durable here; fails with IllegalArgumentException where it cannot be. */
    public CompletionStage<Void> set(String table, String policy) {
        return writer.change(state -> decide(state, table, policy)).thenApply(state -> null);
    }

    List<CatalogueEvent> decide(CatalogueState state, String name, String policy) {
        ConflictPolicy known = ConflictPolicy.named(policy);
        TableState table =
                state.byCommonName(name).orElseThrow(() -> new IllegalArgumentException("there is no table " + name));
        if (table.schema().isStrong()) {
            throw new IllegalArgumentException(name + " is strongly consistent: its writes never conflict");
        }
        if (known instanceof RegionPriority priority
                && !priority.region().equals(table.region())
                && !table.replicas().containsKey(priority.region())) {
            throw new IllegalArgumentException(name + " has no replica in " + priority.region());
        }
        if (sizes.of(table, 0).items() > 0) {
            throw new IllegalArgumentException(name + " holds items; a policy is set on an empty table");
        }
        TableSettings settings = known == LastWriterWins.POLICY
                ? table.settings().without(TableSettings.CONFLICT_POLICY)
                : table.settings().with(TableSettings.CONFLICT_POLICY, policy);
        return settings.equals(table.settings())
                ? List.of()
                : List.of(new CatalogueEvent.SettingsChanged(table.globalId(), settings));
    }
}
