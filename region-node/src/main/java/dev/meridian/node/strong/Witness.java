package dev.meridian.node.strong;

import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.WriteBatch;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The tables that this region witnesses without holding them: a row of the store each. What regions have accepted for their
 * items lies here too, and is served to nobody but them. Thread-safe.
 */
final class Witness {

    private final OrderedStore store;

    Witness(OrderedStore store) {
        this.store = store;
    }

    boolean attends(String group) {
        return store.get(RowKeys.witnessed(group)) != null;
    }

    /** From the completion on the region agrees on that table's items, with those regions. */
    CompletionStage<Void> attend(String group, String acceptors) {
        byte[] row = acceptors.getBytes(StandardCharsets.UTF_8);
        return store.commit(new WriteBatch().put(RowKeys.witnessed(group), row));
    }

    /** All of them, and who decides. */
    Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        store.scan(KeyRange.prefix(new byte[] {RowKeys.WITNESSED}), Direction.ASCENDING, (key, value) -> {
            String acceptors = new String(value, StandardCharsets.UTF_8);
            groups.put(RowKeys.groupIn(key), List.of(acceptors.split(",")));
            return true;
        });
        return groups;
    }

    /** From the completion on it no longer does. */
    CompletionStage<Void> leave(String group) {
        return store.commit(new WriteBatch().delete(RowKeys.witnessed(group)));
    }
}
