package dev.meridian.table.definition;

import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.util.LinkedHashMap;
import java.util.Map;

/** The overrides that one replica action of UpdateTable asks for, and their rules. */
public final class ReplicaOverridesRequest {

    private static final String INVALID = "One or more parameter values were invalid: ";

    private ReplicaOverridesRequest() {}

    /** What an action of {@code ReplicaUpdates} asks for. */
    public static ReplicaOverrides of(Struct action) {
        Map<String, ReadOverride> indexes = new LinkedHashMap<>();
        for (Struct index : action.structs("GlobalSecondaryIndexes")) {
            if (indexes.put(index.requiredText("IndexName"), reads(index)) != null) {
                throw ServiceException.validation(INVALID + "Duplicate index name: " + index.requiredText("IndexName"));
            }
        }
        return new ReplicaOverrides(action.text("TableClassOverride", ""), reads(action), indexes);
    }

    private static ReadOverride reads(Struct struct) {
        Struct provisioned = struct.struct("ProvisionedThroughputOverride");
        Struct maximum = struct.struct("OnDemandThroughputOverride");
        return new ReadOverride(
                provisioned == null ? 0 : CapacityRequest.units(provisioned, "ReadCapacityUnits"),
                maximum == null ? 0 : CapacityRequest.override(maximum, "MaxReadRequestUnits"));
    }

    /** Throws {@link ServiceException} where a table like that cannot have them. */
    public static void check(ReplicaOverrides overrides, TableDefinition table) {
        check(overrides.reads(), table.onDemand());
        overrides.indexes().forEach((name, reads) -> {
            if (table.index(name).filter(index -> !index.local()).isEmpty()) {
                throw ServiceException.dynamodb("ResourceNotFoundException", "Requested resource not found");
            }
            check(reads, table.onDemand());
        });
    }

    private static void check(ReadOverride reads, boolean onDemand) {
        if (onDemand && reads.provisioned() != 0) {
            throw ServiceException.validation(
                    INVALID + "ProvisionedThroughputOverride cannot be specified when BillingMode is PAY_PER_REQUEST");
        }
        if (!onDemand && reads.maximum() != 0) {
            throw ServiceException.validation(
                    INVALID + "OnDemandThroughputOverride cannot be specified when BillingMode is PROVISIONED");
        }
    }
}
