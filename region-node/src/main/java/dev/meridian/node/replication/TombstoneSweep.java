package dev.meridian.node.replication;

import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.partition.Applied;
import dev.meridian.node.partition.PartitionCommand;
import dev.meridian.node.partition.PartitionDirectory;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.replication.link.Links;
import dev.meridian.replication.tombstone.StableTimes;
import dev.meridian.replication.tombstone.Standing;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * Lets go of tombstones that nobody needs any more: asks all members of each table where they stand, and has the partitions collect
 * what lies before the stable time. A member that cannot be asked holds up the tables it is a member of.
 */
public final class TombstoneSweep implements Runnable {

    private static final long ASK_MILLIS = 5_000;
    private static final int BATCH_MAX = 1_000;
    private static final Duration COLLECT_TIMEOUT = Duration.ofSeconds(60);

    private final String region;
    private final Standings standings;
    private final PartitionDirectory partitions;
    private final Links links;
    private final ActorSystem<?> system;
    private final Map<String, StableTimes> times = new HashMap<>();

    public TombstoneSweep(
            String region, Standings standings, PartitionDirectory partitions, Links links, ActorSystem<?> system) {
        this.region = region;
        this.standings = standings;
        this.partitions = partitions;
        this.links = links;
        this.system = system;
    }

    @Override
    public void run() {
        List<TableState> tables = standings.tables();
        times.keySet().retainAll(tables.stream().map(TableState::globalId).toList());
        if (tables.isEmpty()) {
            return;
        }
        Map<String, CompletableFuture<Map<String, Standing>>> asked = new LinkedHashMap<>();
        asked.put(region, standings.now().toCompletableFuture());
        TreeSet<String> peers = new TreeSet<>();
        tables.forEach(table -> peers.addAll(table.replicas().keySet()));
        peers.forEach(peer -> asked.put(peer, ask(peer)));
        for (TableState table : tables) {
            Map<String, Standing> known = new LinkedHashMap<>();
            asked.forEach((member, answer) -> {
                Standing standing = answer.join().get(table.globalId());
                if (standing != null
                        && (member.equals(region) || table.replicas().containsKey(member))) {
                    known.put(member, standing);
                }
            });
            List<Long> stable = times.computeIfAbsent(table.globalId(), none -> new StableTimes())
                    .pass(known, table.partitionCount());
            collect(table, stable);
        }
    }

    private CompletableFuture<Map<String, Standing>> ask(String peer) {
        return links.to(peer)
                .exchange(new LinkRequest(LinkRequest.Kind.STANDING, new byte[0], ASK_MILLIS))
                .thenApply(Standing::decode)
                .exceptionally(unreachable -> Map.of())
                .toCompletableFuture()
                .completeOnTimeout(Map.of(), 2 * ASK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void collect(TableState table, List<Long> stable) {
        List<ActorRef<PartitionCommand>> actors = partitions.of(table.number());
        for (int partition = 0; partition < Math.min(actors.size(), stable.size()); partition++) {
            boolean isMore = stable.get(partition) > 0;
            while (isMore && hasSameMembers(table)) {
                isMore = collect(actors.get(partition), stable.get(partition));
            }
        }
    }

    /** A region that is joining meanwhile copies rows, and was told a stable time from before: it would miss what goes now. */
    private boolean hasSameMembers(TableState table) {
        return standings.tables().stream()
                .anyMatch(now ->
                        now.globalId().equals(table.globalId()) && now.members().equals(table.members()));
    }

    private boolean collect(ActorRef<PartitionCommand> partition, long stable) {
        Applied answer = AskPattern.<PartitionCommand, Applied>ask(
                        partition,
                        replyTo -> new PartitionCommand.Collect(stable, BATCH_MAX, replyTo),
                        COLLECT_TIMEOUT,
                        system.scheduler())
                .toCompletableFuture()
                .join();
        return answer instanceof Applied.Merged merged && merged.outcome().applied() == BATCH_MAX;
    }
}
