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
    private static final int KEY_NAME_BYTES_MAX = 255;
    private static final int PROJECTED_ATTRIBUTES_MAX = 100;
    private static final int TABLE_NAME_LENGTH_MIN = 3;
    private static final List<String> UNSERVED = List.of("VectorIndexes");
    private static final Pattern TABLE_NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

    private CreateTableRequest() {}

    /** The table that is asked for; throws {@link ServiceException} with the service's text. */
    public static TableDefinition parse(Struct request) {
        String name = name(request);
        requireKeys(request);
        refuseUnserved(request);
        boolean onDemand = "PAY_PER_REQUEST".equals(request.text("BillingMode"));
        CapacityDefinition capacity = CapacityRequest.of(request, onDemand, "");
        Map<String, String> types = attributeTypes(request.structs("AttributeDefinitions"));
        KeySchema key = KeySchemaRequest.simple(request.structs("KeySchema"), "keySchema", types);
        List<IndexDefinition> indexes = indexes(request, key, types, onDemand);
        checkAllUsed(types, key, indexes);
        Struct stream = request.struct("StreamSpecification");
        return new TableDefinition(
                name,
                types,
                key,
                indexes,
                onDemand,
                capacity,
                streamView(stream),
                request.text("TableClass", "STANDARD"),
                request.flag("DeletionProtectionEnabled"),
                EncryptionRequest.of(request.struct("SSESpecification")),
                TagRequest.with(Map.of(), request.structs("Tags")));
    }

    /** The name a table is to have; throws {@link ServiceException} with the service's text where it cannot. */
    public static String name(Struct request) {
        String name = request.requiredText("TableName");
        if (name.length() < TABLE_NAME_LENGTH_MIN) {
            throw constraint("'" + name + "'", "tableName", "Member must have length greater than or equal to 3");
        }
        if (!TABLE_NAME.matcher(name).matches()) {
            throw ServiceException.validation("Invalid table/index name.  Table/index names must be between 3 and 255 "
                    + "characters long, and may contain only the characters a-z, A-Z, 0-9, '_', '-', and '.'");
        }
        return name;
    }

    /** A replica of another account's table: nothing but what an account sets for its own replica, to be given to {@code ownedAs}. */
    public static TableDefinition ofReplica(Struct request) {
        return new TableDefinition(
                name(request),
                Map.of("own", "S"),
                new KeySchema(List.of("own"), List.of()),
                List.of(),
                true,
                CapacityDefinition.NONE,
                "",
                request.text("TableClass", "STANDARD"),
                request.flag("DeletionProtectionEnabled"),
                EncryptionRequest.of(request.struct("SSESpecification")),
                TagRequest.with(Map.of(), request.structs("Tags")));
    }

    /** The model asks for neither, for the sake of tables made from others; a table of its own needs both. */
    private static void requireKeys(Struct request) {
        if (request.structs("AttributeDefinitions").isEmpty()) {
            throw constraint("null", "attributeDefinitions", "Member must not be null");
        }
        if (request.structs("KeySchema").isEmpty()) {
            throw constraint("null", "keySchema", "Member must not be null");
        }
    }

    private static void refuseUnserved(Struct request) {
        for (String member : UNSERVED) {
            if (request.has(member)) {
                throw ServiceException.validation("Meridian does not serve CreateTable with " + member + " yet");
            }
        }
    }

    static ServiceException constraint(String value, String path, String rule) {
        return ServiceException.validation("1 validation error detected: Value " + value + " at '" + path
                + "' failed to satisfy constraint: " + rule);
    }

    private static Map<String, String> attributeTypes(List<Struct> definitions) {
        Map<String, String> types = new LinkedHashMap<>();
        for (Struct definition : definitions) {
            String name = definition.requiredText("AttributeName");
            if (types.put(name, definition.requiredText("AttributeType")) != null) {
                throw ServiceException.validation(INVALID + "Attribute Name is duplicated: " + name);
            }
            if (name.length() > KEY_NAME_BYTES_MAX) {
                throw ServiceException.validation(INVALID + "Key attribute names must not be longer than 255 bytes");
            }
        }
        return types;
    }

    private static List<IndexDefinition> indexes(
            Struct request, KeySchema key, Map<String, String> types, boolean onDemand) {
        List<IndexDefinition> indexes = new ArrayList<>();
        List<Struct> locals = request.structs("LocalSecondaryIndexes");
        List<Struct> globals = request.structs("GlobalSecondaryIndexes");
        checkCounts(request, key, locals, globals);
        for (Struct local : locals) {
            IndexDefinition index = index(local, types, true, indexes.size() + 1, CapacityDefinition.NONE);
            checkLocal(index, key);
            indexes.add(index);
        }
        for (Struct global : globals) {
            CapacityDefinition capacity = CapacityRequest.of(global, onDemand, global.requiredText("IndexName"));
            indexes.add(index(global, types, false, indexes.size() + 1, capacity));
        }
        checkTogether(indexes);
        return List.copyOf(indexes);
    }

    /** What a table's indexes may not be or have together. */
    static void checkTogether(List<IndexDefinition> indexes) {
        Set<String> names = new HashSet<>();
        int projected = 0;
        long globals = indexes.stream().filter(index -> !index.local()).count();
        if (globals > GLOBAL_INDEXES_MAX) {
            throw ServiceException.validation(
                    INVALID + "GlobalSecondaryIndex count exceeds the per-table limit of " + GLOBAL_INDEXES_MAX);
        }
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
    }

    static IndexDefinition index(
            Struct struct, Map<String, String> types, boolean local, int position, CapacityDefinition capacity) {
        String name = struct.requiredText("IndexName");
        List<Struct> elements = struct.structs("KeySchema");
        KeySchema key = local
                ? KeySchemaRequest.simple(elements, "localSecondaryIndexes." + position + ".member.keySchema", types)
                : KeySchemaRequest.composed(elements, types);
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
        Set<String> seen = new HashSet<>();
        for (String attribute : nonKey) {
            if (!seen.add(attribute)) {
                throw ServiceException.validation(INVALID + "Duplicate element in NonKeyAttributes: " + attribute);
            }
        }
        return new IndexDefinition(name, local, key, type, nonKey, capacity);
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
        Set<String> used = new LinkedHashSet<>(KeySchemaRequest.names(key));
        indexes.forEach(index -> used.addAll(KeySchemaRequest.names(index.key())));
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
}
