package dev.meridian.node.catalogue;

import dev.meridian.node.account.Caller;
import dev.meridian.node.account.ResourcePolicy;
import java.util.Map;
import java.util.Optional;

/** What a table's resource policy lets others do. */
public final class TablePermits {

    private TablePermits() {}

    /** The table's resource policy. */
    public static ResourcePolicy of(TableSettings settings) {
        return settings.get(TableSettings.RESOURCE_POLICY)
                .flatMap(ResourcePolicy::parse)
                .orElse(ResourcePolicy.NONE);
    }

    /** Throws AccessDeniedException unless the table is there and its policy lets another account do that. */
    public static void check(Optional<TableState> table, String arn, Caller caller) {
        ResourcePolicy.Question question =
                new ResourcePolicy.Question(caller.account(), caller.operation(), arn, Map.of());
        if (table.isEmpty() || !of(table.get().settings()).allows(question)) {
            throw caller.denied(arn);
        }
    }
}
