package dev.meridian.table.definition;

import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A CreateTable request and the rules a table must keep. */
public final class CreateTableRequest {

    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final int LOCAL_INDEXES_MAX = 5;
    private static final int GLOBAL_INDEXES_MAX = 20;
    private static final int KEY_PARTS_MAX = 4;
    private static final int KEY_NAME_BYTES_MAX = 255;
    private static final int PROJECTED_ATTRIBUTES_MAX = 100;
    static final Pattern TABLE_NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

    private CreateTableRequest() {}

    /** The table that is asked for; throws {@link ServiceException} with the service's text. */
    public static TableDefinition parse(Struct request) {
        String name = request.requiredText("TableName");
        if (!TABLE_NAME.matcher(name).matches()) {
            throw ServiceException.validation("Invalid table/index name.  Table/index names must be between 3 and 255 "
                    + "characters long, and may contain only the characters a-z, A-Z, 0-9, '_', '-', and '.'");
        }
        boolean onDemand = "PAY_PER_REQUEST".equals(request.text("BillingMode"));
        Throughput throughput = throughput(request, onDemand, "");
        Map<String, String> types = attributeTypes(request.structs("AttributeDefinitions"));
        KeySchema key = keySchema(request.structs("KeySchema"), 1);
        checkDefined(key, types);
        List<IndexDefinition> indexes = indexes(request, key, types, onDemand);
        checkAllUsed(types, key, indexes);
        Struct stream = request.struct("StreamSpecification");
        return new TableDefinition(
                name,
                types,
                key,
                indexes,
                onDemand,
                throughput,
                streamView(stream),
                request.text("TableClass", "STANDARD"),
                request.flag("DeletionProtectionEnabled"),
                tags(request.structs("Tags")));
    }

    private static Throughput throughput(Struct struct, boolean onDemand, String index) {
        Struct given = struct.struct("ProvisionedThroughput");
        String suffix = index.isEmpty() ? "" : " for index: " + index;
        if (onDemand && given != null) {
            throw ServiceException.validation(
                    INVALID + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified "
                            + "when BillingMode is PAY_PER_REQUEST" + suffix);
        }
        if (onDemand) {
            return Throughput.ON_DEMAND;
        }
        if (given == null) {
            throw ServiceException.validation(INVALID
                    + (index.isEmpty()
                            ? "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED"
                            : "ProvisionedThroughput must be specified for index: " + index));
        }
        return new Throughput(units(given, "ReadCapacityUnits"), units(given, "WriteCapacityUnits"));
    }

    private static long units(Struct throughput, String member) {
        Long units = throughput.number(member);
        return units == null ? 0 : units;
    }

    private static Map<String, String> attributeTypes(List<Struct> definitions) {
        Map<String, String> types = new LinkedHashMap<>();
        for (Struct definition : definitions) {
            String name = definition.requiredText("AttributeName");
            if (types.put(name, definition.requiredText("AttributeType")) != null) {
                throw ServiceException.validation("Cannot have two attributes with the same name");
            }
            if (name.length() > KEY_NAME_BYTES_MAX) {
                throw ServiceException.validation(INVALID + "Key attribute names must not be longer than 255 bytes");
            }
        }
        return types;
    }

    private static KeySchema keySchema(List<Struct> elements, int partsMax) {
        List<String> hash = new ArrayList<>();
        List<String> range = new ArrayList<>();
        for (Struct element : elements) {
            boolean isHash = "HASH".equals(element.text("KeyType"));
            if (isHash && !range.isEmpty() || !isHash && hash.isEmpty()) {
                throw ServiceException.validation(
                        hash.isEmpty()
                                ? "Invalid KeySchema: The first KeySchemaElement is not a HASH key type"
                                : "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
            }
            (isHash ? hash : range).add(element.requiredText("AttributeName"));
        }
        if (hash.size() > partsMax) {
            throw ServiceException.validation(
                    partsMax == 1
                            ? "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type"
                            : "Invalid KeySchema: More than " + partsMax + " HASH key attributes");
        }
        if (range.size() > partsMax) {
            throw ServiceException.validation("Invalid KeySchema: More than " + partsMax + " RANGE key attributes");
        }
        Set<String> names = new HashSet<>(hash);
        names.addAll(range);
        if (names.size() != hash.size() + range.size()) {
            throw ServiceException.validation(
                    "Both the Hash Key and the Range Key element in the KeySchema have the same name");
        }
        return new KeySchema(List.copyOf(hash), List.copyOf(range));
    }

    private static void checkDefined(KeySchema key, Map<String, String> types) {
        List<String> names = names(key);
        if (!types.keySet().containsAll(names)) {
            throw ServiceException.validation(INVALID + "Some index key attributes are not defined in "
                    + "AttributeDefinitions. Keys: " + names + ", AttributeDefinitions: " + types.keySet());
        }
    }

    private static List<String> names(KeySchema key) {
        List<String> names = new ArrayList<>(key.hash());
        names.addAll(key.range());
        return names;
    }

    private static List<IndexDefinition> indexes(
            Struct request, KeySchema key, Map<String, String> types, boolean onDemand) {
        List<IndexDefinition> indexes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<Struct> locals = request.structs("LocalSecondaryIndexes");
        List<Struct> globals = request.structs("GlobalSecondaryIndexes");
        checkCounts(request, key, locals, globals);
        for (Struct local : locals) {
            IndexDefinition index = index(local, types, true, 1, Throughput.ON_DEMAND);
            checkLocal(index, key);
            indexes.add(index);
        }
        for (Struct global : globals) {
            Throughput throughput = throughput(global, onDemand, global.requiredText("IndexName"));
            indexes.add(index(global, types, false, KEY_PARTS_MAX, throughput));
        }
        int projected = 0;
        for (IndexDefinition index : indexes) {
            if (!names.add(index.name())) {
                throw ServiceException.validation(INVALID + "Duplicate index name: " + index.name());
            }
            projected += index.nonKeyAttributes().size();
        }
        if (projected > PROJECTED_ATTRIBUTES_MAX) {
            throw ServiceException.validation(INVALID + "The number of attributes projected into all of the table's "
                    + "indexes exceeds the limit of " + PROJECTED_ATTRIBUTES_MAX);
        }
        return List.copyOf(indexes);
    }

    private static void checkCounts(Struct request, KeySchema key, List<Struct> locals, List<Struct> globals) {
        if (request.has("LocalSecondaryIndexes") && locals.isEmpty()) {
            throw ServiceException.validation(INVALID + "List of LocalSecondaryIndexes is empty");
        }
        if (request.has("GlobalSecondaryIndexes") && globals.isEmpty()) {
            throw ServiceException.validation(INVALID + "List of GlobalSecondaryIndexes is empty");
        }
        if (!locals.isEmpty() && key.range().isEmpty()) {
            throw ServiceException.validation(INVALID + "Table KeySchema does not have a range key, which is required "
                    + "when specifying a LocalSecondaryIndex");
        }
        if (locals.size() > LOCAL_INDEXES_MAX) {
            throw ServiceException.validation(
                    INVALID + "Number of LocalSecondaryIndexes exceeds per-table limit of " + LOCAL_INDEXES_MAX);
        }
        if (globals.size() > GLOBAL_INDEXES_MAX) {
            throw ServiceException.validation(
                    INVALID + "GlobalSecondaryIndex count exceeds the per-table limit of " + GLOBAL_INDEXES_MAX);
        }
    }

    private static IndexDefinition index(
            Struct struct, Map<String, String> types, boolean local, int partsMax, Throughput throughput) {
        String name = struct.requiredText("IndexName");
        KeySchema key = keySchema(struct.structs("KeySchema"), partsMax);
        checkDefined(key, types);
        Struct projection = struct.struct("Projection");
        String type = projection == null ? null : projection.text("ProjectionType");
        if (projection == null || type == null) {
            throw ServiceException.validation(INVALID + "Unknown ProjectionType: null");
        }
        List<String> nonKey = projection.texts("NonKeyAttributes");
        if (type.equals("INCLUDE") && nonKey.isEmpty()) {
            throw ServiceException.validation(
                    INVALID + "ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
        }
        if (!type.equals("INCLUDE") && projection.has("NonKeyAttributes")) {
            throw ServiceException.validation(
                    INVALID + "ProjectionType is " + type + ", but NonKeyAttributes is specified");
        }
        return new IndexDefinition(name, local, key, type, nonKey, throughput);
    }

    private static void checkLocal(IndexDefinition index, KeySchema table) {
        if (index.key().range().isEmpty()) {
            throw ServiceException.validation(
                    INVALID + "Index KeySchema does not have a range key for index: " + index.name());
        }
        if (!index.key().hash().equals(table.hash())) {
            throw ServiceException.validation(
                    INVALID + "Index KeySchema does not have the same leading hash key as table "
                            + "KeySchema for index: " + index.name() + ". index hash key: "
                            + index.key().hash().get(0) + ", table hash key: "
                            + table.hash().get(0));
        }
    }

    private static void checkAllUsed(Map<String, String> types, KeySchema key, List<IndexDefinition> indexes) {
        Set<String> used = new LinkedHashSet<>(names(key));
        indexes.forEach(index -> used.addAll(names(index.key())));
        if (!used.equals(types.keySet())) {
            throw ServiceException.validation(
                    indexes.isEmpty()
                            ? INVALID + "Number of attributes in KeySchema does not exactly match number of attributes "
                                    + "defined in AttributeDefinitions"
                            : INVALID + "Some AttributeDefinitions are not used. AttributeDefinitions: "
                                    + types.keySet() + ", keys used: " + used);
        }
    }

    private static String streamView(@Nullable Struct stream) {
        if (stream == null || !stream.flag("StreamEnabled")) {
            if (stream != null && stream.has("StreamViewType")) {
                throw ServiceException.validation(
                        INVALID + "StreamViewType cannot be specified when StreamEnabled is false");
            }
            return "";
        }
        String view = stream.text("StreamViewType");
        if (view == null) {
            throw ServiceException.validation(INVALID + "StreamViewType must be specified when StreamEnabled is true");
        }
        return view;
    }

    private static Map<String, String> tags(List<Struct> tags) {
        Map<String, String> map = new LinkedHashMap<>();
        tags.forEach(tag -> map.put(tag.requiredText("Key"), tag.requiredText("Value")));
        return map;
    }
}
