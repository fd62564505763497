package dev.meridian.table.operation;

import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.Struct;
import java.nio.charset.StandardCharsets;

/** Finds the key bytes of an item by its key in DynamoDB JSON. */
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
}
