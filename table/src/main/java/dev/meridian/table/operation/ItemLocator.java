package dev.meridian.table.operation;

import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.key.KeyDecoder;
import dev.meridian.table.model.Struct;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Finds the key bytes of an item by its key in DynamoDB JSON, and the other way round. */
public final class ItemLocator {

    private ItemLocator() {}

    /**
     * The key of {@code {"id":{"S":"1"}}}.
     *
     * @throws dev.meridian.table.model.ServiceException where that is no key of the table
     */
    public static ItemKey locate(TableSchema table, byte[] keyJson) {
        String request = "{\"TableName\":\"any\",\"Key\":" + new String(keyJson, StandardCharsets.UTF_8) + "}";
        Struct parsed = DataOperations.decode("GetItem", request.getBytes(StandardCharsets.UTF_8));
        return PrimaryKeys.ofRequest(table, parsed.attributes("Key"));
    }

    /** The key attributes that key bytes of the table stand for. */
    public static Item attributes(TableSchema table, byte[] key) {
        List<String> names = PrimaryKeys.names(table.primaryKey());
        List<AttributeValue> values = KeyDecoder.itemKey(
                key,
                names.stream()
                        .map(name ->
                                Objects.requireNonNull(table.attributeTypes().get(name)))
                        .toList());
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            attributes.put(names.get(i), values.get(i));
        }
        return new Item(attributes);
    }
}
