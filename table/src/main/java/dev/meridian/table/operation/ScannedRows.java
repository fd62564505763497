package dev.meridian.table.operation;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.table.capacity.UnitSizes;
import dev.meridian.table.capacity.Units;
import dev.meridian.table.model.Struct;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemSize;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that one page of Query, Scan or SELECT looks at: how many fit, the items they stand for, what they cost, and where the
 * page ends.
 */
final class ScannedRows {

    private static final long PAGE_BYTES_MAX = 1L << 20;

    private final TableReader reader;
    private final RangeRead.Source source;
    private final boolean fetch;
    private final boolean consistent;
    private final long limit;
    private int count;
    private long bytes;
    private double fetchedUnits;
    private @Nullable Item last;

    /**
     * @param fetch whether whole items must be fetched for the rows of a local index
     */
    ScannedRows(TableReader reader, RangeRead.Source source, boolean fetch, Struct request) {
        this.reader = reader;
        this.source = source;
        this.fetch = fetch;
        this.consistent = request.flag("ConsistentRead");
        Long asked = request.number("Limit");
        this.limit = asked == null ? Long.MAX_VALUE : asked;
    }

    /** Counts a row, and gives the item it stands for. */
    Item take(Item row) {
        count++;
        bytes += ItemSize.of(row);
        last = row;
        return fetch ? fetched(row) : row;
    }

    private Item fetched(Item row) {
        Map<String, AttributeValue> key = PrimaryKeys.attributes(source.table().primaryKey(), row);
        Item whole = reader.get(PrimaryKeys.ofRequest(source.table(), key));
        if (whole == null) {
            return row;
        }
        fetchedUnits += UnitSizes.read(ItemSize.of(whole), consistent);
        return whole;
    }

    int count() {
        return count;
    }

    /** Whether the page ends with the row taken last. */
    boolean isFull() {
        return count >= limit || bytes > PAGE_BYTES_MAX;
    }

    /** The rows, together; and every item that had to be fetched, by itself. */
    Units units() {
        return Units.ofRead(source.index(), UnitSizes.read(bytes, consistent)).plus(Units.ofTable(fetchedUnits));
    }

    /** Where the next page begins, after a row that ended this one. */
    void writeLastKey(JsonGenerator json) throws IOException {
        if (last != null && isFull()) {
            Map<String, AttributeValue> key =
                    new LinkedHashMap<>(PrimaryKeys.attributes(source.table().primaryKey(), last));
            key.putAll(PrimaryKeys.attributes(source.key(), last));
            Answer.item(json, "LastEvaluatedKey", new Item(key));
        }
    }
}
