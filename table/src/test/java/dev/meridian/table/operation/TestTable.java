package dev.meridian.table.operation;

import dev.meridian.table.definition.TableDefinition;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.index.IndexRows;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.value.Item;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A table in a sorted map, with the operations run as a region runs them, one after another. */
final class TestTable {

    private final TableSchema schema;
    private final Map<Integer, NavigableMap<byte[], Item>> rows = new HashMap<>();

    TestTable(String createTable) {
        this.schema = TableDefinition.fromRequest(bytes(createTable))
                .schema("arn:aws:dynamodb:us-east-1:000000000000:table/t", 1, 4);
    }

    /** Partition key {@code id}, a string. */
    static TestTable simple() {
        return new TestTable("""
                {"TableName":"table","BillingMode":"PAY_PER_REQUEST",
                 "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
                 "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}""");
    }

    /** Keys {@code id} (string) and {@code n} (number); a local index by {@code l}, a global one by {@code g}. */
    static TestTable indexed() {
        return new TestTable("""
                {"TableName":"table","BillingMode":"PAY_PER_REQUEST",
                 "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},{"AttributeName":"n","AttributeType":"N"},
                   {"AttributeName":"l","AttributeType":"S"},{"AttributeName":"g","AttributeType":"S"}],
                 "KeySchema":[{"AttributeName":"id","KeyType":"HASH"},{"AttributeName":"n","KeyType":"RANGE"}],
                 "LocalSecondaryIndexes":[{"IndexName":"by-l","KeySchema":[{"AttributeName":"id","KeyType":"HASH"},
                   {"AttributeName":"l","KeyType":"RANGE"}],"Projection":{"ProjectionType":"KEYS_ONLY"}}],
                 "GlobalSecondaryIndexes":[{"IndexName":"by-g","KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],
                   "Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["x"]}}]}""");
    }

    /** Runs an operation; gives its answer, or its error as {@code Name: text}. */
    String run(String operation, String request) {
        try {
            return new String(answer(operation, bytes(request)), StandardCharsets.UTF_8);
        } catch (ServiceException refused) {
            return refused.type().substring(refused.type().indexOf('#') + 1) + ": " + refused.getMessage();
        }
    }

    private byte[] answer(String operation, byte[] request) {
        Plan plan = DataOperations.plan(operation, request, name -> {
            if (!name.equals("table")) {
                throw ServiceException.dynamodb("ResourceNotFoundException", "Requested resource not found");
            }
            return schema;
        });
        if (plan instanceof Plan.Write write) {
            Item before = get(write.write().key());
            WriteDecision decision = decide(write.write());
            Item after = decision instanceof WriteDecision.Keep
                    ? before
                    : get(write.write().key());
            return write.reply(new Images(before, after), table -> reader());
        }
        if (plan instanceof Plan.BatchWrite batch) {
            java.util.List<Images> images = new java.util.ArrayList<>();
            for (Plan.TableWrite write : batch.writes()) {
                Item before = get(write.write().key());
                decide(write.write());
                images.add(new Images(before, get(write.write().key())));
            }
            return batch.reply(images, table -> reader());
        }
        return ((Plan.Read) plan).run(table -> reader());
    }

    private WriteDecision decide(ItemWrite write) {
        Item before = get(write.key());
        WriteDecision decision = write.decide(before);
        if (decision instanceof WriteDecision.Refuse refuse) {
            throw refuse.error();
        }
        if (decision instanceof WriteDecision.Store store) {
            replace(write.key(), before, store.item());
        } else if (decision instanceof WriteDecision.Remove) {
            replace(write.key(), before, null);
        }
        return decision;
    }

    private void replace(ItemKey key, @Nullable Item before, @Nullable Item after) {
        if (after == null) {
            index(0).remove(key.bytes());
        } else {
            index(0).put(key.bytes(), after);
        }
        for (IndexRows.Change change : IndexRows.changes(schema, key, before, after)) {
            if (change.item() == null) {
                index(change.index()).remove(change.rowKey());
            } else {
                index(change.index()).put(change.rowKey(), change.item());
            }
        }
    }

    private @Nullable Item get(ItemKey key) {
        return index(0).get(key.bytes());
    }

    private NavigableMap<byte[], Item> index(int number) {
        return rows.computeIfAbsent(number, none -> new TreeMap<>(Arrays::compareUnsigned));
    }

    private TableReader reader() {
        return new TableReader() {
            @Override
            public @Nullable Item get(ItemKey key) {
                return TestTable.this.get(key);
            }

            @Override
            public void scan(int index, byte[] from, byte @Nullable [] to, boolean ascending, Visitor visitor) {
                NavigableMap<byte[], Item> part = to == null
                        ? index(index).tailMap(from, true)
                        : Arrays.compareUnsigned(from, to) >= 0
                                ? new TreeMap<>(Arrays::compareUnsigned)
                                : index(index).subMap(from, true, to, false);
                for (Map.Entry<byte[], Item> row : (ascending ? part : part.descendingMap()).entrySet()) {
                    if (!visitor.visit(row.getKey(), row.getValue())) {
                        return;
                    }
                }
            }
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
