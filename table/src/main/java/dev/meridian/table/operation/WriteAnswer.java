package dev.meridian.table.operation;

import dev.meridian.table.capacity.WriteCost;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.model.Struct;
import dev.meridian.table.value.Item;
import org.jspecify.annotations.Nullable;

/** The answer to a write of one item. */
final class WriteAnswer {

    private WriteAnswer() {}

    /**
     * @param keyed an item with at least the key that was written
     * @param attributes what {@code ReturnValues} asked for, or null for nothing
     */
    static byte[] of(
            Struct request,
            TableSchema table,
            Images images,
            Plan.Readers readers,
            Item keyed,
            @Nullable Item attributes) {
        if (attributes == null && !Capacity.isAskedFor(request) && !ItemCollections.isAskedFor(request)) {
            return Answer.NOTHING;
        }
        return Answer.of(json -> {
            if (attributes != null && !attributes.attributes().isEmpty()) {
                Answer.item(json, "Attributes", attributes);
            }
            if (Capacity.isAskedFor(request)) {
                Capacity.write(json, request, WriteCost.of(table, images.before(), images.after()));
            }
            if (ItemCollections.isAskedFor(request)) {
                ItemCollections.write(json, table, keyed, readers);
            }
        });
    }
}
