package dev.meridian.table.operation;

import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.model.Struct;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemSize;
import org.jspecify.annotations.Nullable;

/** The answer to a write of one item. */
final class WriteAnswer {

    private WriteAnswer() {}

    /**
     * @param attributes what {@code ReturnValues} asked for, or null for nothing
     */
    static byte[] of(
            Struct request, TableSchema table, @Nullable Item before, @Nullable Item after, @Nullable Item attributes) {
        return Answer.of(json -> {
            if (attributes != null && !attributes.attributes().isEmpty()) {
                Answer.item(json, "Attributes", attributes);
            }
            if (Capacity.isAskedFor(request)) {
                int bytes = Math.max(before == null ? 0 : ItemSize.of(before), after == null ? 0 : ItemSize.of(after));
                Capacity.write(json, request, table.name(), Capacity.write(bytes));
            }
        });
    }
}
