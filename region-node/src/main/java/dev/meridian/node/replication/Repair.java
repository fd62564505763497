package dev.meridian.node.replication;

import dev.meridian.node.catalogue.Announcement;
import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.Membership;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.control.CatalogueWriter;
import dev.meridian.node.partition.Applied;
import dev.meridian.node.partition.PartitionCommand;
import dev.meridian.replication.link.CopyPage;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.replication.link.Links;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts back what a damaged store has lost: asks each peer for its catalogue, then copies every table that a peer holds too.
 * Versions decide row by row, so what survived here and what the peers have come together; this region's own log goes on
 * after the last of its records that any peer has seen. A peer that cannot be reached is asked again for some time and then
 * left out, unless none could be reached.
 */
final class Repair {

    private static final Logger LOG = LoggerFactory.getLogger(Repair.class);
    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final Duration DISTRUST_TIMEOUT = Duration.ofSeconds(60);
    private static final int TRIES = 20;
    private static final long TIMEOUT_MILLIS = 5_000;

    private final String region;
    private final List<String> peers;
    private final Links links;
    private final Catalogue catalogue;
    private final CatalogueWriter writer;
    private final Membership membership;
    private final Replication.Setting setting;
    private final ActorSystem<?> system;
    private final InstantSource clock;

    Repair(Replication.Setting setting) {
        this.setting = setting;
        this.region = setting.region();
        this.peers = setting.peers();
        this.links = setting.links();
        this.catalogue = setting.catalogue();
        this.writer = setting.writer();
        this.membership = setting.membership();
        this.system = setting.system();
        this.clock = setting.clock();
    }

    /** Completes when everything that can be had has been copied. */
    CompletionStage<Void> run() {
        List<String> reached = new ArrayList<>();
        CompletionStage<Void> asked = CompletableFuture.completedFuture(null);
        for (String peer : peers) {
            asked = asked.thenCompose(done -> again(() -> recall(peer), TRIES)).handle((done, failure) -> {
                if (failure == null) {
                    reached.add(peer);
                } else {
                    LOG.warn("{}: {} cannot be asked for the repair: {}", region, peer, failure.getMessage());
                }
                return null;
            });
        }
        return asked.thenCompose(done -> {
            if (reached.isEmpty() && !peers.isEmpty()) {
                return run();
            }
            return copyAll(reached);
        });
    }

    private CompletionStage<Void> recall(String peer) {
        return links.to(peer)
                .exchange(new LinkRequest(LinkRequest.Kind.CATALOGUE, new byte[0], TIMEOUT_MILLIS))
                .thenApply(Announcement::decode)
                .thenCompose(news -> writer.change(state -> membership.hear(state, news, clock.millis())))
                .thenApply(state -> null);
    }

    private CompletionStage<Void> copyAll(List<String> reached) {
        CompletionStage<Void> copied = CompletableFuture.completedFuture(null);
        for (TableState table : catalogue.state().tables().values()) {
            if (table.replicas().isEmpty()) {
                LOG.error("{}: {} has no replica to be repaired from; rows may be missing", region, table.name());
            }
            copied = copied.thenCompose(done -> distrust(table));
            for (String peer : reached) {
                if (table.isReplicatedWith(peer)) {
                    copied = copied.thenCompose(done -> again(() -> copy(table, peer), TRIES));
                }
            }
        }
        return copied;
    }

    /** What is not here may have been lost, and not deleted long ago. */
    private CompletionStage<Void> distrust(TableState table) {
        List<CompletableFuture<Applied>> asked = new ArrayList<>();
        for (ActorRef<PartitionCommand> partition : setting.partitions().of(table.number())) {
            asked.add(AskPattern.<PartitionCommand, Applied>ask(
                            partition,
                            replyTo -> new PartitionCommand.Adopt(CopyPage.Position.STABLE, 0, replyTo),
                            DISTRUST_TIMEOUT,
                            system.scheduler())
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new));
    }

    private CompletionStage<Void> copy(TableState table, String peer) {
        return TableCopy.whole(table, peer, setting).run().thenAccept(rows -> {});
    }

    private CompletionStage<Void> again(Supplier<CompletionStage<Void>> attempt, int tries) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        attempt.get().whenComplete((result, failure) -> {
            if (failure == null) {
                done.complete(null);
            } else if (tries <= 1) {
                done.completeExceptionally(failure);
            } else {
                system.scheduler()
                        .scheduleOnce(
                                AGAIN,
                                () -> again(attempt, tries - 1).whenComplete((later, again) -> {
                                    if (again == null) {
                                        done.complete(null);
                                    } else {
                                        done.completeExceptionally(again);
                                    }
                                }),
                                system.executionContext());
            }
        });
        return done;
    }
}
