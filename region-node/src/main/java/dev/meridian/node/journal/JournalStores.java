package dev.meridian.node.journal;

import dev.meridian.storage.OrderedStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which store the journal of which actor system writes to: Pekko makes journals by class name, several systems a JVM. */
public final class JournalStores {

    private static final Map<String, OrderedStore> STORES = new ConcurrentHashMap<>();

    private JournalStores() {}

    /** To be called before the actor system starts; {@code system} is its unique journal key. */
    public static void register(String system, OrderedStore store) {
        STORES.put(system, store);
    }

    public static void remove(String system) {
        STORES.remove(system);
    }

    static OrderedStore of(String system) {
        OrderedStore store = STORES.get(system);
        if (store == null) {
            throw new IllegalStateException("no store is registered for the journal of " + system);
        }
        return store;
    }
}
