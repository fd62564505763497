package dev.meridian.node;

import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.replication.Replication;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.replication.source.LogSource;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.WriteBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was written last to a table that goes from here, until the other members have it. One that cannot be reached is not waited for
 * without end: what only this region had is then gone with the table.
 */
final class LastWrites {

    private static final Logger LOG = LoggerFactory.getLogger(LastWrites.class);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final long MILLIS = 1_000;

    private final Catalogue catalogue;
    private final OrderedStore store;
    private final ActorSystem<?> system;
    private final LongSupplier ticks;
    private final long waitMillis;

    /** {@code ticks} are milliseconds of a clock that does not jump. */
    LastWrites(
            Catalogue catalogue,
            OrderedStore store,
            ActorSystem<?> system,
            LongSupplier ticks,
            ServiceSettings service) {
        this.catalogue = catalogue;
        this.store = store;
        this.system = system;
        this.ticks = ticks;
        this.waitMillis = Math.round(service.number("leaving-wait-seconds") * MILLIS);
    }

    /** Completes when the members have all that the table's partitions, which take no more, have decided, or after too long. */
    CompletionStage<Void> handOver(TableState table, Replication replication) {
        if (table.schema().isStrong() || waitMillis == 0 || members(table).isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        // An empty batch is committed after all that came before it.
        return store.commit(new WriteBatch())
                .thenCompose(durable -> await(table, replication, ticks.getAsLong() + waitMillis));
    }

    private CompletionStage<Void> await(TableState table, Replication replication, long untilTick) {
        List<String> members = members(table);
        List<CompletableFuture<Map<String, LogSource.Backlog>>> backlogs = new ArrayList<>();
        members.forEach(member -> backlogs.add(replication.backlogTo(member).toCompletableFuture()));
        return CompletableFuture.allOf(backlogs.toArray(CompletableFuture[]::new))
                .thenCompose(told -> {
                    boolean isHeld = backlogs.stream().allMatch(backlog -> isHeld(table, backlog.join()));
                    if (isHeld || ticks.getAsLong() >= untilTick) {
                        if (!isHeld) {
                            LOG.warn("{} goes before {} have all that was written here", table.name(), members);
                        }
                        return CompletableFuture.completedFuture(null);
                    }
                    return later().thenCompose(go -> await(table, replication, untilTick));
                });
    }

    /** A member that does not follow the log at the moment, may have anything. */
    private static boolean isHeld(TableState table, Map<String, LogSource.Backlog> backlogs) {
        LogSource.Backlog backlog = backlogs.get(table.globalId());
        return backlog != null && backlog.records() == 0;
    }

    /** Those that stay, as known now: a member may go while it is waited for. */
    private List<String> members(TableState table) {
        TableState now = catalogue.state().byGlobalId(table.globalId()).orElse(table);
        return now.replicas().keySet().stream().filter(now::isReplicatedWith).toList();
    }

    private CompletionStage<Void> later() {
        CompletableFuture<Void> due = new CompletableFuture<>();
        system.scheduler().scheduleOnce(LOOK, () -> due.complete(null), system.executionContext());
        return due;
    }
}
