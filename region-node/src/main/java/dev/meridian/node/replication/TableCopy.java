package dev.meridian.node.replication;

import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.partition.Applied;
import dev.meridian.node.partition.CopiedRow;
import dev.meridian.node.partition.PartitionCommand;
import dev.meridian.node.partition.PartitionDirectory;
import dev.meridian.replication.digest.RangeDigests;
import dev.meridian.replication.link.CopyPage;
import dev.meridian.replication.link.DigestPage;
import dev.meridian.replication.link.Link;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.replication.log.LogEpoch;
import dev.meridian.replication.log.Wire;
import dev.meridian.storage.OrderedStore;
import dev.meridian.table.key.ItemKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/**
 * Copies a table from a peer, page by page, through the partitions. What is written meanwhile arrives through the log: the
 * positions were taken before the scan began, and versions make the overlap harmless. May be run again at any time; that of a new
 * replica goes on where it was when its region died.
 */
final class TableCopy {

    private static final long PAGE_TIMEOUT_MILLIS = 30_000;
    private static final Duration AGAIN = Duration.ofMillis(500);
    /** So often the same page is asked for before the copy is given up, and begun anew from whoever can be reached. */
    private static final int TRIES = 8;

    private static final long DIGESTS_TIMEOUT_MILLIS = 300_000;
    private static final Duration MERGE_TIMEOUT = Duration.ofSeconds(60);

    private final String region;
    private final TableState table;
    private final Link link;
    private final PartitionDirectory partitions;
    private final ActorSystem<?> system;
    private final OrderedStore store;
    private final String peer;
    private final boolean goesOn;
    private final Executor reading;
    private final ForgottenRows forgotten;
    private final List<CopyPage.Position> positions = new ArrayList<>();
    private final LongSupplier ticks;
    private final CopyProgress progress;

    /** A copy that goes on where an earlier one of a new replica was. */
    static TableCopy of(TableState table, String peer, Replication.Setting setting) {
        return new TableCopy(table, peer, setting, table.status() != TableState.Status.ACTIVE);
    }

    /** A copy of everything: of what an earlier one has brought, rows may have been lost. */
    static TableCopy whole(TableState table, String peer, Replication.Setting setting) {
        return new TableCopy(table, peer, setting, false);
    }

    private TableCopy(TableState table, String peer, Replication.Setting setting, boolean goesOn) {
        this.goesOn = goesOn;
        this.region = setting.region();
        this.table = table;
        this.peer = peer;
        this.link = setting.links().to(peer);
        this.partitions = setting.partitions();
        this.system = setting.system();
        this.store = setting.store();
        this.reading = setting.reading();
        this.ticks = setting.ticks();
        this.progress = new CopyProgress(setting.service().number("backfill-items-per-second"), ticks.getAsLong());
        this.forgotten = new ForgottenRows(store, table.number(), table.partitionCount());
    }

    /**
     * Completes, with how many rows were sent, when every row that the peer has is durable here and the peer's positions are adopted.
     * A table that is in use here already gets only the ranges in which it differs.
     */
    CompletionStage<Long> run() {
        CompletionStage<Void> copied = table.status() == TableState.Status.ACTIVE ? differing() : rest();
        return copied.thenCompose(done -> adopt())
                .thenCompose(done -> goesOn
                        ? store.commit(CopyState.forget(table.number()))
                        : CompletableFuture.completedFuture(null))
                .thenApply(done -> progress.rows());
    }

    /** All of the table, or what an earlier copy from the same peer has left. */
    private CompletionStage<Void> rest() {
        CopyState left = goesOn ? CopyState.of(store, table.number(), peer).orElse(null) : null;
        if (left == null) {
            return page(null, null);
        }
        positions.addAll(left.positions());
        progress.resume(left.next());
        return page(left.next(), null);
    }

    private CompletionStage<Void> keep(byte @Nullable [] next) {
        return next == null || !goesOn
                ? CompletableFuture.completedFuture(null)
                : store.commit(new CopyState(peer, next, positions).keep(table.number()));
    }

    private CompletionStage<Void> differing() {
        byte[] request = new Wire.Writer(64).text(table.globalId()).toBytes();
        return link.exchange(new LinkRequest(LinkRequest.Kind.DIGESTS, request, DIGESTS_TIMEOUT_MILLIS))
                .thenApply(DigestPage::decode)
                .thenComposeAsync(
                        there -> {
                            positions.addAll(there.positions());
                            RangeDigests here = TableDigests.of(store, table.number());
                            List<RangeDigests.Span> spans = here.differing(there.digests());
                            CompletionStage<Void> copied = CompletableFuture.completedFuture(null);
                            for (RangeDigests.Span span : spans) {
                                copied = copied.thenCompose(
                                        done -> page(RangeDigests.start(span.first()), RangeDigests.start(span.end())));
                            }
                            return copied;
                        },
                        reading);
    }

    private CompletionStage<Void> page(byte @Nullable [] from, byte @Nullable [] to) {
        byte[] request = new CopyPage.Request(table.globalId(), from, to).encode();
        return fetch(new LinkRequest(LinkRequest.Kind.COPY, request, PAGE_TIMEOUT_MILLIS), TRIES)
                .thenApply(CopyPage::decode)
                .thenCompose(page -> {
                    positions.addAll(page.positions());
                    byte[] next = page.next();
                    List<CopyPage.Row> all = new ArrayList<>(page.rows());
                    all.addAll(forgotten.in(page, positions, from, next == null ? to : next));
                    return merge(all)
                            .thenCompose(merged -> keep(next))
                            .thenCompose(kept -> {
                                progress.page(page.rows().size(), next);
                                return after(progress.rest(ticks.getAsLong()));
                            })
                            .thenCompose(
                                    rested -> next == null ? CompletableFuture.completedFuture(null) : page(next, to));
                });
    }

    /** A peer that cannot be reached, or starts again, is asked again for the same page: what was copied need not be copied again. */
    private CompletionStage<byte[]> fetch(LinkRequest request, int tries) {
        return link.exchange(request)
                .exceptionallyCompose(failure -> tries <= 1
                        ? CompletableFuture.failedFuture(failure)
                        : after(AGAIN).thenCompose(go -> fetch(request, tries - 1)));
    }

    private CompletionStage<Void> after(Duration pause) {
        CompletableFuture<Void> passed = new CompletableFuture<>();
        if (pause.isZero()) {
            passed.complete(null);
        } else {
            system.scheduler().scheduleOnce(pause, () -> passed.complete(null), system.executionContext());
        }
        return passed;
    }

    /** How much of the table is here. */
    int percent() {
        return progress.percent();
    }

    private CompletionStage<Void> merge(List<CopyPage.Row> rows) {
        List<ActorRef<PartitionCommand>> actors = partitions.of(table.number());
        Map<Integer, List<CopiedRow>> byPartition = new TreeMap<>();
        for (CopyPage.Row row : rows) {
            int partition = new ItemKey(row.key()).partition(actors.size());
            byPartition
                    .computeIfAbsent(partition, none -> new ArrayList<>())
                    .add(new CopiedRow(row.key(), row.image()));
        }
        List<CompletionStage<Void>> merges = new ArrayList<>();
        boolean isRepair = table.status() == TableState.Status.ACTIVE;
        byPartition.forEach((partition, copied) -> merges.add(
                ask(actors.get(partition), replyTo -> new PartitionCommand.Merge(copied, isRepair, replyTo))));
        return all(merges);
    }

    private CompletionStage<Void> adopt() {
        List<ActorRef<PartitionCommand>> actors = partitions.of(table.number());
        List<CompletionStage<Void>> adoptions = new ArrayList<>();
        long base = LogEpoch.base(table.epoch(region));
        for (int partition = 0; base > 0 && partition < actors.size(); partition++) {
            positions.add(new CopyPage.Position(partition, region, base));
        }
        for (CopyPage.Position position : positions) {
            adoptions.add(ask(
                    actors.get(position.partition()),
                    replyTo -> new PartitionCommand.Adopt(position.origin(), position.sequence(), replyTo)));
        }
        return all(adoptions);
    }

    private CompletionStage<Void> ask(
            ActorRef<PartitionCommand> partition, Function<ActorRef<Applied>, PartitionCommand> message) {
        CompletionStage<Applied> answer = AskPattern.ask(partition, message::apply, MERGE_TIMEOUT, system.scheduler());
        return answer.thenAccept(applied -> {
            if (!(applied instanceof Applied.Merged)) {
                throw new IllegalStateException("a partition could not take copied rows: " + applied);
            }
        });
    }

    private static CompletionStage<Void> all(List<CompletionStage<Void>> stages) {
        return CompletableFuture.allOf(
                stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new));
    }
}
