package dev.meridian.table.operation;

import dev.meridian.table.key.ItemKey;
import dev.meridian.table.value.Item;
import org.jspecify.annotations.Nullable;

/** A write to one item, decided against the item's current image. */
public interface ItemWrite {

    ItemKey key();

    /** Decides the write; pure, and may be asked again with another image. Null: there is no such item. */
    WriteDecision decide(@Nullable Item current);

    /** Whether the service itself writes, not a client: an expired item going. */
    default boolean byService() {
        return false;
    }
}
