package dev.meridian.node.partition;

import dev.meridian.table.key.ItemKey;
import dev.meridian.table.operation.ItemWrite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The items of one partition that belong to transactions under way, and what those are to do with them. */
final class ItemLocks {

    private final Map<ItemKey, String> holders = new HashMap<>();
    private final Map<String, List<ItemWrite>> prepared = new HashMap<>();

    boolean isEmpty() {
        return holders.isEmpty();
    }

    boolean isLocked(ItemKey key) {
        return !holders.isEmpty() && holders.containsKey(key);
    }

    void lock(String transaction, List<ItemWrite> writes) {
        writes.forEach(write -> holders.put(write.key(), transaction));
        prepared.put(transaction, writes);
    }

    /** What a transaction has prepared here; empty where nobody knows of it. */
    List<ItemWrite> prepared(String transaction) {
        return prepared.getOrDefault(transaction, List.of());
    }

    void release(String transaction) {
        for (ItemWrite write : prepared(transaction)) {
            holders.remove(write.key());
        }
        prepared.remove(transaction);
    }

    /** Nothing is prepared any more: the partition has recovered. */
    void clear() {
        holders.clear();
        prepared.clear();
    }
}
