package dev.meridian.table.operation;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** BatchWriteItem: up to 25 puts and deletes, each on its own. */
final class BatchWriteItem implements Plan.BatchWrite {

    private static final int WRITES_MAX = 25;
    private static final Conditional UNCONDITIONAL = new Conditional(null, false);

    private final Struct request;
    private final List<String> names = new ArrayList<>();
    private final List<Struct> parts = new ArrayList<>();
    private final List<Plan.TableWrite> writes = new ArrayList<>();

    private BatchWriteItem(Struct request) {
        this.request = request;
    }

    static Plan plan(Struct request, TableLookup tables) {
        Map<String, List<Struct>> perTable = request.map("RequestItems");
        if (perTable.values().stream().mapToInt(List::size).sum() > WRITES_MAX) {
            throw ServiceException.validation("Too many items requested for the BatchWriteItem call");
        }
        BatchWriteItem batch = new BatchWriteItem(request);
        for (Map.Entry<String, List<Struct>> entry : perTable.entrySet()) {
            TableSchema table = tables.find(entry.getKey());
            Set<ItemKey> seen = new HashSet<>();
            for (Struct part : entry.getValue()) {
                ItemWrite write = write(table, part);
                if (!seen.add(write.key())) {
                    throw ServiceException.validation("Provided list of item keys contains duplicates");
                }
                batch.names.add(entry.getKey());
                batch.parts.add(part);
                batch.writes.add(new Plan.TableWrite(table, write));
            }
        }
        return batch;
    }

    private static ItemWrite write(TableSchema table, Struct part) {
        Struct put = part.struct("PutRequest");
        Struct delete = part.struct("DeleteRequest");
        if ((put == null) == (delete == null)) {
            throw ServiceException.validation("Supplied AttributeValue has more than one datatypes set, must contain "
                    + "exactly one of the supported datatypes");
        }
        if (put != null) {
            Map<String, AttributeValue> item = put.attributes("Item");
            return PutItem.put(table, new Item(item), UNCONDITIONAL);
        }
        Map<String, AttributeValue> key = delete == null ? Map.of() : delete.attributes("Key");
        return new DeleteItem.Delete(PrimaryKeys.ofRequest(table, key), UNCONDITIONAL);
    }

    @Override
    public List<Plan.TableWrite> writes() {
        return writes;
    }

    @Override
    public byte[] reply(List<@Nullable Images> images, Plan.Readers readers) {
        return Answer.of(json -> {
            unprocessed(json, images);
            if (ItemCollections.isAskedFor(request)) {
                ManyWrites.writeCollections(json, names, writes, images, readers);
            }
            if (Capacity.isAskedFor(request)) {
                Capacity.writeAll(json, request, ManyWrites.units(names, writes, images, 1), null);
            }
        });
    }

    private void unprocessed(JsonGenerator json, List<@Nullable Images> images) throws IOException {
        json.writeObjectFieldStart("UnprocessedItems");
        String open = "";
        for (int i = 0; i < writes.size(); i++) {
            if (images.get(i) != null) {
                continue;
            }
            if (!open.equals(names.get(i))) {
                if (!open.isEmpty()) {
                    json.writeEndArray();
                }
                open = names.get(i);
                json.writeArrayFieldStart(open);
            }
            json.writeStartObject();
            boolean isPut = parts.get(i).struct("PutRequest") != null;
            Struct part = Objects.requireNonNull(parts.get(i).struct(isPut ? "PutRequest" : "DeleteRequest"));
            json.writeObjectFieldStart(isPut ? "PutRequest" : "DeleteRequest");
            String member = isPut ? "Item" : "Key";
            Answer.item(json, member, new Item(part.attributes(member)));
            json.writeEndObject();
            json.writeEndObject();
        }
        if (!open.isEmpty()) {
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
