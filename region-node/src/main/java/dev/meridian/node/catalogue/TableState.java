package dev.meridian.node.catalogue;

import dev.meridian.table.definition.TableDefinition;
import dev.meridian.table.definition.TableSchema;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A table in this region.
 *
 * @param globalId the identifier all replicas of the table share
 * @param number the table's number in this region's store, never used for another
 * @param id the table's own identifier in this region
 * @param createdMillis since 1970 UTC
 * @param replicas the other regions that hold the table and what is known of them there, in the order they came
 */
public record TableState(
        TableDefinition definition,
        String globalId,
        int number,
        String id,
        String arn,
        int partitionCount,
        long createdMillis,
        Status status,
        Map<String, Status> replicas) {

    /** Where a table or a replica stands. */
    public enum Status {
        CREATING,
        ACTIVE,
        DELETING
    }

    public TableState {
        replicas = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(replicas));
    }

    public String name() {
        return definition.name();
    }

    /** The schema for the data path. */
    public TableSchema schema() {
        return definition.schema(arn, number, partitionCount);
    }

    TableState withStatus(Status newStatus) {
        return new TableState(
                definition, globalId, number, id, arn, partitionCount, createdMillis, newStatus, replicas);
    }

    TableState withDefinition(TableDefinition newDefinition) {
        return new TableState(
                newDefinition, globalId, number, id, arn, partitionCount, createdMillis, status, replicas);
    }

    TableState withReplica(String region, Status replicaStatus) {
        Map<String, Status> changed = new LinkedHashMap<>(replicas);
        changed.put(region, replicaStatus);
        return withReplicas(changed);
    }

    TableState withoutReplica(String region) {
        Map<String, Status> changed = new LinkedHashMap<>(replicas);
        changed.remove(region);
        return withReplicas(changed);
    }

    private TableState withReplicas(Map<String, Status> changed) {
        return new TableState(definition, globalId, number, id, arn, partitionCount, createdMillis, status, changed);
    }
}
