package dev.meridian.node.catalogue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is set on a table besides its definition, as names and texts so that an older journal stays readable. Immutable.
 *
 * @param values what is set, in the order it was set
 */
public record TableSettings(Map<String, String> values) {

    /** Nothing set. */
    public static final TableSettings NONE = new TableSettings(Map.of());

    /** The attribute that says when an item expires. */
    public static final String TIME_TO_LIVE = "time-to-live";

    /** When that was set last, in milliseconds since 1970 UTC. */
    public static final String TIME_TO_LIVE_CHANGED = "time-to-live-changed";

    /** Which of two concurrent writes stays, by name. */
    public static final String CONFLICT_POLICY = "conflict-policy";

    /** The table's resource policy, as it was given. */
    public static final String RESOURCE_POLICY = "resource-policy";

    /** Which state of that it is. */
    public static final String RESOURCE_POLICY_REVISION = "resource-policy-revision";

    /** Settings that all replicas of a global table share; the others are each region's own. */
    private static final Set<String> SYNCED = Set.of(
            TIME_TO_LIVE,
            TIME_TO_LIVE_CHANGED,
            CONFLICT_POLICY,
            StrongSettings.GROUP,
            StrongSettings.ACCEPTORS,
            StrongSettings.WITNESS,
            StrongSettings.WITNESS_PHASE,
            StrongSettings.WITNESS_GROUP);

    public TableSettings {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public TableSettings with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.put(name, value);
        return new TableSettings(changed);
    }

    public TableSettings without(String name) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.remove(name);
        return new TableSettings(changed);
    }

    /** What other replicas are told. */
    TableSettings synced() {
        Map<String, String> shared = new LinkedHashMap<>(values);
        shared.keySet().removeIf(name -> !isSynced(name));
        return new TableSettings(shared);
    }

    /** These settings with what another replica says of the shared ones. */
    TableSettings adopting(TableSettings heard) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.keySet().removeIf(TableSettings::isSynced);
        changed.putAll(heard.synced().values());
        return new TableSettings(changed);
    }

    private static boolean isSynced(String name) {
        return SYNCED.contains(name) || OverrideSettings.isOne(name) || AccountSettings.isOne(name);
    }
}
