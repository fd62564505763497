package dev.meridian.node.replication;

import dev.meridian.conflict.HybridClock;
import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.Member;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.partition.PartitionCommand;
import dev.meridian.node.partition.PartitionDirectory;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.tombstone.Standing;
import dev.meridian.storage.OrderedReader;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.WriteBatch;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/** Where this region stands with the tables whose tombstones may go: those in use that are not changing their members. */
public final class Standings {

    private final String region;
    private final OrderedStore store;
    private final Catalogue catalogue;
    private final PartitionDirectory partitions;
    private final HybridClock stamps;
    private final InstantSource clock;

    public Standings(
            String region,
            OrderedStore store,
            Catalogue catalogue,
            PartitionDirectory partitions,
            HybridClock stamps,
            InstantSource clock) {
        this.region = region;
        this.store = store;
        this.catalogue = catalogue;
        this.partitions = partitions;
        this.stamps = stamps;
        this.clock = clock;
    }

    /** What the region's clock had passed in an earlier life; 0 for a new store. */
    public static long clockPassed(OrderedReader store) {
        byte[] row = store.get(RowKeys.clock());
        return row == null ? 0 : ByteBuffer.wrap(row).getLong();
    }

    /** The tables in question. */
    List<TableState> tables() {
        return catalogue.state().tables().values().stream()
                .filter(table -> table.status() == TableState.Status.ACTIVE)
                .filter(table -> !table.schema().isStrong())
                .filter(table -> table.members().values().stream()
                        .filter(Member::isHere)
                        .allMatch(member -> member.phase() == Member.Phase.ACTIVE))
                .filter(table -> !partitions.of(table.number()).isEmpty())
                .toList();
    }

    /** By the tables' global identifiers. What is said of the clock is durable first: it holds after a crash. */
    public CompletionStage<Map<String, Standing>> now() {
        long timestamp = stamps.next(clock.millis());
        byte[] passed = ByteBuffer.allocate(Long.BYTES).putLong(timestamp).array();
        return store.commit(new WriteBatch().put(RowKeys.clock(), passed)).thenCompose(durable -> all(timestamp));
    }

    private CompletionStage<Map<String, Standing>> all(long timestamp) {
        CompletionStage<Map<String, Standing>> all = CompletableFuture.completedFuture(new LinkedHashMap<>());
        for (TableState table : tables()) {
            all = all.thenCombine(of(table, timestamp), (standings, standing) -> {
                standings.put(table.globalId(), standing);
                return standings;
            });
        }
        return all;
    }

    private CompletionStage<Standing> of(TableState table, long timestamp) {
        Map<String, Long> members = new TreeMap<>();
        table.members().forEach((name, member) -> {
            if (member.isHere()) {
                members.put(name, member.epoch());
            }
        });
        List<CompletableFuture<Long>> sequences = new ArrayList<>();
        for (ActorRef<PartitionCommand> partition : partitions.of(table.number())) {
            CompletableFuture<Long> sequence = new CompletableFuture<>();
            sequences.add(sequence);
            partition.tell(new PartitionCommand.Mark(sequence));
        }
        return CompletableFuture.allOf(sequences.toArray(CompletableFuture[]::new))
                .thenApply(told -> {
                    List<Standing.Mark> marks = new ArrayList<>();
                    List<Map<String, Long>> checkpoints = new ArrayList<>();
                    for (int partition = 0; partition < sequences.size(); partition++) {
                        marks.add(new Standing.Mark(
                                timestamp, sequences.get(partition).join()));
                        checkpoints.add(checkpoints(table, partition, members.keySet()));
                    }
                    return new Standing(members, marks, checkpoints);
                });
    }

    private Map<String, Long> checkpoints(TableState table, int partition, Iterable<String> members) {
        Map<String, Long> checkpoints = new TreeMap<>();
        for (String member : members) {
            byte[] row = store.get(RowKeys.checkpoint(table.number(), partition, member));
            if (!member.equals(region) && row != null) {
                checkpoints.put(member, ByteBuffer.wrap(row).getLong());
            }
        }
        return checkpoints;
    }
}
