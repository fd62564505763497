package dev.meridian.node.partition;

import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;

/** Where the partitions of this region's tables are. Reads never wait. */
public final class PartitionDirectory {

    private final Map<Integer, List<ActorRef<PartitionCommand>>> partitions = new ConcurrentHashMap<>();

    /** Registers the partitions of a table, in the order of their numbers. */
    public void register(int table, List<ActorRef<PartitionCommand>> actors) {
        partitions.put(table, List.copyOf(actors));
    }

    /** Forgets a table; gives back what was registered. */
    public List<ActorRef<PartitionCommand>> remove(int table) {
        List<ActorRef<PartitionCommand>> removed = partitions.remove(table);
        return removed == null ? List.of() : removed;
    }

    /** All partitions of a table; empty where it is not open here. */
    public List<ActorRef<PartitionCommand>> of(int table) {
        return partitions.getOrDefault(table, List.of());
    }

    /** The partition that holds a key; empty where the table is not open here. */
    public Optional<ActorRef<PartitionCommand>> find(TableSchema table, ItemKey key) {
        List<ActorRef<PartitionCommand>> actors = partitions.get(table.number());
        return actors == null ? Optional.empty() : Optional.of(actors.get(key.partition(actors.size())));
    }
}
