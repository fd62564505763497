package dev.meridian.table.definition;

import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an UpdateTable request makes of a table's definition: capacity, class, protection and global indexes. */
public final class TableUpdate {

    private static final String INVALID = "One or more parameter values were invalid: ";

    private TableUpdate() {}

    /** The definition after the request; throws {@link ServiceException} with the service's text. */
    public static TableDefinition apply(TableDefinition table, Struct request) {
        TableDefinition changed = capacity(table, request);
        changed = indexes(changed, request);
        checkIndexUnits(changed);
        if (request.has("TableClass")) {
            changed = changed.withTableClass(request.requiredText("TableClass"));
        }
        if (request.has("SSESpecification")) {
            changed = changed.withEncryption(EncryptionRequest.of(request.struct("SSESpecification")));
        }
        if (request.has("DeletionProtectionEnabled")) {
            changed = changed.withDeletionProtection(request.flag("DeletionProtectionEnabled"));
        }
        return changed;
    }

    private static TableDefinition capacity(TableDefinition table, Struct request) {
        String mode = request.text("BillingMode", table.onDemand() ? "PAY_PER_REQUEST" : "PROVISIONED");
        boolean onDemand = mode.equals("PAY_PER_REQUEST");
        CapacityDefinition capacity = table.capacity();
        Struct given = request.struct("ProvisionedThroughput");
        if (given == null && !onDemand && table.onDemand()) {
            throw ServiceException.validation(
                    INVALID + "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
        }
        if (given != null || onDemand != table.onDemand()) {
            Throughput units = CapacityRequest.provisioned(request, onDemand, "");
            if (onDemand == table.onDemand() && units.equals(capacity.provisioned())) {
                throw ServiceException.validation("The provisioned throughput for the table will not change. The "
                        + "requested value equals the current value. "
                        + comparison("the table", capacity.provisioned(), units));
            }
            capacity = capacity.withProvisioned(units);
        }
        if (!onDemand) {
            capacity = capacity.withMaximum(Throughput.NONE);
        }
        capacity = capacity.withMaximum(CapacityRequest.maximum(request, onDemand, capacity.maximum()));
        return table.withCapacity(onDemand, CapacityRequest.warm(request, capacity, onDemand, ""));
    }

    /** The indexes of a provisioned table have units of their own; without them the definition could not be read again. */
    private static void checkIndexUnits(TableDefinition table) {
        for (IndexDefinition index : table.indexes()) {
            if (!table.onDemand()
                    && !index.local()
                    && index.capacity().provisioned().equals(Throughput.NONE)) {
                throw ServiceException.validation(
                        INVALID + "ProvisionedThroughput is not specified for index: " + index.name());
            }
        }
    }

    private static String comparison(String of, Throughput now, Throughput asked) {
        return "Current ReadCapacityUnits provisioned for " + of + ": " + now.readUnits()
                + ". Requested ReadCapacityUnits: " + asked.readUnits()
                + ". Current WriteCapacityUnits provisioned for " + of + ": " + now.writeUnits()
                + ". Requested WriteCapacityUnits: " + asked.writeUnits()
                + ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.";
    }

    private static TableDefinition indexes(TableDefinition table, Struct request) {
        List<Struct> updates = request.structs("GlobalSecondaryIndexUpdates");
        if (request.has("GlobalSecondaryIndexUpdates") && updates.isEmpty()) {
            throw ServiceException.validation(INVALID + "List of GlobalSecondaryIndexUpdates is empty");
        }
        List<IndexDefinition> indexes = new ArrayList<>(table.indexes());
        Map<String, String> types = types(table, request);
        int onlineChanges = 0;
        for (Struct update : updates) {
            Struct create = update.struct("Create");
            Struct delete = update.struct("Delete");
            Struct change = update.struct("Update");
            refuseSeveral(create, change, delete);
            if (create != null) {
                onlineChanges++;
                if (request.structs("AttributeDefinitions").isEmpty()) {
                    throw ServiceException.validation(INVALID + "AttributeDefinitions is not specified for index: "
                            + create.requiredText("IndexName"));
                }
                indexes.add(create(table, create, types, indexes));
            } else if (delete != null) {
                onlineChanges++;
                indexes.remove(existing(indexes, delete.requiredText("IndexName")));
            } else if (change != null) {
                IndexDefinition index = existing(indexes, change.requiredText("IndexName"));
                indexes.set(indexes.indexOf(index), change(table, index, change));
            } else {
                throw ServiceException.validation(INVALID + "One of GlobalSecondaryIndexUpdate.Update, "
                        + "GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null");
            }
        }
        if (onlineChanges > 1) {
            throw ServiceException.dynamodb(
                    "LimitExceededException",
                    "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table");
        }
        return updates.isEmpty() ? table : table.withIndexes(used(types, table.key(), indexes), indexes);
    }

    private static void refuseSeveral(@Nullable Struct... actions) {
        if (Arrays.stream(actions).filter(Objects::nonNull).count() > 1) {
            throw ServiceException.validation(INVALID
                    + "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object");
        }
    }

    private static Map<String, String> types(TableDefinition table, Struct request) {
        Map<String, String> types = new LinkedHashMap<>(table.attributeTypes());
        for (Struct definition : request.structs("AttributeDefinitions")) {
            String name = definition.requiredText("AttributeName");
            String type = definition.requiredText("AttributeType");
            String known = types.put(name, type);
            if (known != null && !known.equals(type)) {
                throw ServiceException.validation(INVALID + "Attribute " + name + " is defined as " + known
                        + " in the table and as " + type + " in the request");
            }
        }
        return types;
    }

    private static IndexDefinition create(
            TableDefinition table, Struct create, Map<String, String> types, List<IndexDefinition> indexes) {
        String name = create.requiredText("IndexName");
        if (find(indexes, name) != null) {
            throw ServiceException.validation("Attempting to create an index which already exists");
        }
        CapacityDefinition capacity = CapacityRequest.of(create, table.onDemand(), name);
        IndexDefinition index = CreateTableRequest.index(create, types, false, indexes.size() + 1, capacity);
        List<IndexDefinition> all = new ArrayList<>(indexes);
        all.add(index);
        CreateTableRequest.checkTogether(all);
        return index;
    }

    private static IndexDefinition change(TableDefinition table, IndexDefinition index, Struct change) {
        CapacityDefinition capacity = index.capacity();
        if (change.has("ProvisionedThroughput")) {
            Throughput units = CapacityRequest.provisioned(change, table.onDemand(), index.name());
            if (units.equals(capacity.provisioned())) {
                throw ServiceException.validation("The provisioned throughput for the index " + index.name()
                        + " will not change. The requested value equals the current value. "
                        + comparison("the index", capacity.provisioned(), units));
            }
            capacity = capacity.withProvisioned(units);
        } else if (!change.has("OnDemandThroughput") && !change.has("WarmThroughput")) {
            throw ServiceException.validation(
                    INVALID + "ProvisionedThroughput is not specified for index: " + index.name());
        }
        capacity = capacity.withMaximum(CapacityRequest.maximum(change, table.onDemand(), capacity.maximum()));
        return index.withCapacity(CapacityRequest.warm(change, capacity, table.onDemand(), index.name()));
    }

    private static IndexDefinition existing(List<IndexDefinition> indexes, String name) {
        IndexDefinition index = find(indexes, name);
        if (index == null || index.local()) {
            throw ServiceException.dynamodb("ResourceNotFoundException", "Requested resource not found");
        }
        return index;
    }

    private static @Nullable IndexDefinition find(List<IndexDefinition> indexes, String name) {
        return indexes.stream()
                .filter(index -> index.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Only attributes of some key keep their types. */
    private static Map<String, String> used(Map<String, String> types, KeySchema key, List<IndexDefinition> indexes) {
        Map<String, String> used = new LinkedHashMap<>(types);
        List<String> names = new ArrayList<>(KeySchemaRequest.names(key));
        indexes.forEach(index -> names.addAll(KeySchemaRequest.names(index.key())));
        used.keySet().retainAll(names);
        return used;
    }
}
