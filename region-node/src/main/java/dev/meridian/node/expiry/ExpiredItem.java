package dev.meridian.node.expiry;

import dev.meridian.table.key.ItemKey;
import dev.meridian.table.operation.ItemWrite;
import dev.meridian.table.operation.WriteDecision;
import dev.meridian.table.value.Item;
import org.jspecify.annotations.Nullable;

/** Deletes an item, if it is still expired when its turn comes. */
record ExpiredItem(ItemKey key, Expiry expiry, long nowSeconds) implements ItemWrite {

    @Override
    public WriteDecision decide(@Nullable Item current) {
        return expiry.secondsSince(current, nowSeconds).isPresent()
                ? new WriteDecision.Remove()
                : new WriteDecision.Keep();
    }

    @Override
    public boolean byService() {
        return true;
    }
}
