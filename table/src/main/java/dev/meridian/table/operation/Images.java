package dev.meridian.table.operation;

import dev.meridian.table.value.Item;
import org.jspecify.annotations.Nullable;

/** An item before and after a write; null: no item. */
public record Images(@Nullable Item before, @Nullable Item after) {

    /** What the write leaves to be seen of the item: after it, or else before. */
    @Nullable
    Item either() {
        return after == null ? before : after;
    }
}
