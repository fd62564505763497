package dev.meridian.table.operation;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.table.capacity.Allowance;
import dev.meridian.table.capacity.UnitSizes;
import dev.meridian.table.capacity.Units;
import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.expression.DocumentPath;
import dev.meridian.table.expression.Projection;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemSize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** BatchGetItem: up to 100 items of several tables, up to 16 MB. */
final class BatchGetItem implements Plan.Read {

    private static final int KEYS_MAX = 100;
    private static final long ANSWER_BYTES_MAX = 16L << 20;

    private record Wanted(
            String name,
            Struct request,
            TableSchema table,
            @Nullable List<DocumentPath> projection,
            List<Map<String, AttributeValue>> keys) {}

    private final Struct request;
    private final List<Wanted> tables;

    private BatchGetItem(Struct request, List<Wanted> tables) {
        this.request = request;
        this.tables = tables;
    }

    static Plan plan(Struct request, TableLookup lookup) {
        Map<String, Struct> perTable = request.map("RequestItems");
        int keys =
                perTable.values().stream().mapToInt(part -> keys(part).size()).sum();
        if (keys > KEYS_MAX) {
            throw ServiceException.validation("Too many items requested for the BatchGetItem call");
        }
        List<Wanted> wanted = new ArrayList<>();
        for (Map.Entry<String, Struct> entry : perTable.entrySet()) {
            RequestExpressions expressions = new RequestExpressions(entry.getValue(), RequestParameters.GET);
            List<DocumentPath> projection = expressions.projection();
            expressions.checkAllUsed();
            TableSchema table = lookup.find(entry.getKey());
            KeyPaths.check(table, projection);
            Set<ItemKey> seen = new HashSet<>();
            for (Map<String, AttributeValue> key : keys(entry.getValue())) {
                if (!seen.add(PrimaryKeys.ofRequest(table, key))) {
                    throw ServiceException.validation("Provided list of item keys contains duplicates");
                }
            }
            wanted.add(new Wanted(entry.getKey(), entry.getValue(), table, projection, keys(entry.getValue())));
        }
        return new BatchGetItem(request, wanted);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, AttributeValue>> keys(Struct part) {
        Object keys = part.get("Keys");
        return keys == null ? List.of() : (List<Map<String, AttributeValue>>) keys;
    }

    @Override
    public boolean isPointRead() {
        return false;
    }

    @Override
    public List<StrongRead> strong() {
        List<StrongRead> reads = new ArrayList<>();
        for (Wanted wanted : tables) {
            if (wanted.table().isStrong() && wanted.request().flag("ConsistentRead")) {
                wanted.keys()
                        .forEach(key -> reads.add(
                                new StrongRead.OfItem(wanted.table(), PrimaryKeys.ofRequest(wanted.table(), key))));
            }
        }
        return reads;
    }

    @Override
    public byte[] run(Plan.Readers readers) {
        Map<Wanted, List<Item>> found = new LinkedHashMap<>();
        Map<Wanted, List<Map<String, AttributeValue>>> unprocessed = new LinkedHashMap<>();
        Map<String, Units> units = new LinkedHashMap<>();
        long bytes = 0;
        boolean full = false;
        Allowance allowance = readers.allowance();
        ServiceException throttled = null;
        for (Wanted table : tables) {
            TableReader reader = readers.open(table.table());
            List<Item> items = new ArrayList<>();
            found.put(table, items);
            for (Map<String, AttributeValue> key : table.keys()) {
                ItemKey itemKey = PrimaryKeys.ofRequest(table.table(), key);
                int partition = itemKey.partition(table.table().partitionCount());
                Optional<ServiceException> refusal = allowance.readRefusal(table.table(), null, partition);
                Item item = full || refusal.isPresent() ? null : reader.get(itemKey);
                int size = item == null ? 0 : ItemSize.of(item);
                full = full || bytes + size > ANSWER_BYTES_MAX;
                throttled = refusal.orElse(throttled);
                if (full || refusal.isPresent()) {
                    unprocessed
                            .computeIfAbsent(table, none -> new ArrayList<>())
                            .add(key);
                    continue;
                }
                bytes += size;
                Units cost = Units.ofTable(UnitSizes.read(size, table.request().flag("ConsistentRead")));
                units.merge(table.name(), cost, Units::plus);
                allowance.read(table.table(), partition, cost);
                if (item != null) {
                    items.add(table.projection() == null ? item : Projection.apply(table.projection(), item));
                }
            }
        }
        if (throttled != null && units.isEmpty()) {
            throw throttled;
        }
        return Answer.of(json -> write(json, found, unprocessed, units));
    }

    private void write(
            JsonGenerator json,
            Map<Wanted, List<Item>> found,
            Map<Wanted, List<Map<String, AttributeValue>>> unprocessed,
            Map<String, Units> units)
            throws IOException {
        json.writeObjectFieldStart("Responses");
        for (Map.Entry<Wanted, List<Item>> entry : found.entrySet()) {
            json.writeArrayFieldStart(entry.getKey().name());
            for (Item item : entry.getValue()) {
                Answer.item(json, item);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeObjectFieldStart("UnprocessedKeys");
        for (Map.Entry<Wanted, List<Map<String, AttributeValue>>> entry : unprocessed.entrySet()) {
            json.writeObjectFieldStart(entry.getKey().name());
            json.writeArrayFieldStart("Keys");
            for (Map<String, AttributeValue> key : entry.getValue()) {
                Answer.item(json, new Item(key));
            }
            json.writeEndArray();
            writeSettings(json, entry.getKey().request());
            json.writeEndObject();
        }
        json.writeEndObject();
        if (Capacity.isAskedFor(request)) {
            Capacity.writeAll(json, request, units, null);
        }
    }

    /** Unprocessed keys go back to the client as a request of their own, with all that was said of them. */
    private static void writeSettings(JsonGenerator json, Struct part) throws IOException {
        if (part.has("ConsistentRead")) {
            json.writeBooleanField("ConsistentRead", part.flag("ConsistentRead"));
        }
        String projection = part.text("ProjectionExpression");
        if (projection != null) {
            json.writeStringField("ProjectionExpression", projection);
        }
        if (part.has("ExpressionAttributeNames")) {
            json.writeObjectFieldStart("ExpressionAttributeNames");
            for (Map.Entry<String, String> name :
                    part.<String>map("ExpressionAttributeNames").entrySet()) {
                json.writeStringField(name.getKey(), name.getValue());
            }
            json.writeEndObject();
        }
        if (part.has("AttributesToGet")) {
            json.writeArrayFieldStart("AttributesToGet");
            for (String name : part.texts("AttributesToGet")) {
                json.writeString(name);
            }
            json.writeEndArray();
        }
    }
}
