package dev.meridian.table.operation;

import dev.meridian.table.definition.TableLookup;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.model.Struct;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** BatchWriteItem: up to 25 puts and deletes, each on its own. */
final class BatchWriteItem implements Plan.BatchWrite {

    private static final int WRITES_MAX = 25;
    private static final Conditional UNCONDITIONAL = new Conditional(null, false);

    private final List<Plan.TableWrite> writes;
    private final Struct request;

    private BatchWriteItem(Struct request, List<Plan.TableWrite> writes) {
        this.request = request;
        this.writes = writes;
    }

    static Plan plan(Struct request, TableLookup tables) {
        Map<String, List<Struct>> perTable = request.map("RequestItems");
        if (perTable.values().stream().mapToInt(List::size).sum() > WRITES_MAX) {
            throw ServiceException.validation("Too many items requested for the BatchWriteItem call");
        }
        List<Plan.TableWrite> writes = new ArrayList<>();
        for (Map.Entry<String, List<Struct>> entry : perTable.entrySet()) {
            TableSchema table = tables.find(entry.getKey());
            Set<ItemKey> seen = new HashSet<>();
            for (Struct part : entry.getValue()) {
                ItemWrite write = write(table, part);
                if (!seen.add(write.key())) {
                    throw ServiceException.validation("Provided list of item keys contains duplicates");
                }
                writes.add(new Plan.TableWrite(table, write));
            }
        }
        return new BatchWriteItem(request, writes);
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
    public byte[] reply(List<Integer> unprocessed) {
        if (!unprocessed.isEmpty()) {
            throw new IllegalArgumentException("every write of a batch is processed");
        }
        return Answer.of(json -> {
            json.writeObjectFieldStart("UnprocessedItems");
            json.writeEndObject();
            if (Capacity.isAskedFor(request)) {
                json.writeArrayFieldStart("ConsumedCapacity");
                for (TableSchema table :
                        writes.stream().map(Plan.TableWrite::table).distinct().toList()) {
                    double units = writes.stream()
                            .filter(write -> write.table().equals(table))
                            .count();
                    json.writeStartObject();
                    Capacity.fields(json, request, table.name(), units);
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
        });
    }
}
