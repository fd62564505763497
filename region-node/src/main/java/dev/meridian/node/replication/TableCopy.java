package dev.meridian.node.replication;

import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.conflict.VersionVector;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.partition.CopiedRow;
import dev.meridian.node.partition.PartitionActor;
import dev.meridian.node.partition.PartitionDirectory;
import dev.meridian.replication.digest.RangeDigests;
import dev.meridian.replication.link.CopyPage;
import dev.meridian.replication.link.DigestPage;
import dev.meridian.replication.link.Link;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.replication.log.Wire;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.table.key.ItemKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/**
 * Copies a table from a peer, page by page, through the partitions. What is written meanwhile arrives through the log: the
 * positions were taken before the scan began, and versions make the overlap harmless. May be run again at any time.
 */
final class TableCopy {

    private static final long PAGE_TIMEOUT_MILLIS = 30_000;
    private static final long DIGESTS_TIMEOUT_MILLIS = 300_000;
    private static final Duration MERGE_TIMEOUT = Duration.ofSeconds(60);

    private final TableState table;
    private final Link link;
    private final PartitionDirectory partitions;
    private final ActorSystem<?> system;
    private final OrderedReader store;
    private final Executor reading;
    private final List<CopyPage.Position> positions = new ArrayList<>();
    private long rows;

    TableCopy(TableState table, Link link, Replication.Setting setting) {
        this.table = table;
        this.link = link;
        this.partitions = setting.partitions();
        this.system = setting.system();
        this.store = setting.store();
        this.reading = setting.reading();
    }

    /**
     * Completes, with how many rows were sent, when every row that the peer has is durable here and the peer's positions are adopted.
     * A table that is in use here already gets only the ranges in which it differs.
     */
    CompletionStage<Long> run() {
        CompletionStage<Void> copied = table.status() == TableState.Status.ACTIVE ? differing() : page(null, null);
        return copied.thenCompose(done -> adopt()).thenApply(done -> rows);
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
        return link.exchange(new LinkRequest(LinkRequest.Kind.COPY, request, PAGE_TIMEOUT_MILLIS))
                .thenApply(CopyPage::decode)
                .thenCompose(page -> {
                    positions.addAll(page.positions());
                    rows += page.rows().size();
                    byte[] next = page.next();
                    List<CopyPage.Row> all = new ArrayList<>(page.rows());
                    all.addAll(deletedThere(page, from, next == null ? to : next));
                    return merge(all).thenCompose(merged -> {
                        return next == null ? CompletableFuture.completedFuture(null) : page(next, to);
                    });
                });
    }

    /** Rows of this region that the peer has deleted so long ago that it does not know any more, as tombstones. */
    private List<CopyPage.Row> deletedThere(CopyPage page, byte @Nullable [] from, byte @Nullable [] to) {
        Set<ItemKey> there = new HashSet<>();
        page.rows().forEach(row -> there.add(new ItemKey(row.key())));
        List<CopyPage.Row> deleted = new ArrayList<>();
        byte[] prefix = RowKeys.rowPrefix(table.number(), 0);
        KeyRange range = new KeyRange(
                from == null ? prefix : RowKeys.item(table.number(), from),
                to == null ? KeyRange.successorOfPrefix(prefix) : RowKeys.item(table.number(), to));
        store.scan(range, Direction.ASCENDING, (key, value) -> {
            ItemKey item = new ItemKey(RowKeys.withinTable(key));
            long stable = stable(item.partition(table.partitionCount()));
            StampedImage row = StampedImage.decode(value);
            if (row.stamp().version().timestamp() <= stable && !there.contains(item)) {
                Version version = new Version(stable, VersionVector.EVERYONE);
                Stamp stamp = new Stamp(version, VersionVector.of(version));
                deleted.add(new CopyPage.Row(item.bytes(), new StampedImage(stamp, null)));
            }
            return true;
        });
        return deleted;
    }

    private long stable(int partition) {
        return positions.stream()
                .filter(position ->
                        position.partition() == partition && position.origin().equals(CopyPage.Position.STABLE))
                .mapToLong(CopyPage.Position::sequence)
                .max()
                .orElse(0);
    }

    private CompletionStage<Void> merge(List<CopyPage.Row> rows) {
        List<ActorRef<PartitionActor.Command>> actors = partitions.of(table.number());
        Map<Integer, List<CopiedRow>> byPartition = new TreeMap<>();
        for (CopyPage.Row row : rows) {
            int partition = new ItemKey(row.key()).partition(actors.size());
            byPartition
                    .computeIfAbsent(partition, none -> new ArrayList<>())
                    .add(new CopiedRow(row.key(), row.image()));
        }
        List<CompletionStage<Void>> merges = new ArrayList<>();
        boolean isRepair = table.status() == TableState.Status.ACTIVE;
        byPartition.forEach((partition, copied) ->
                merges.add(ask(actors.get(partition), replyTo -> new PartitionActor.Merge(copied, isRepair, replyTo))));
        return all(merges);
    }

    private CompletionStage<Void> adopt() {
        List<ActorRef<PartitionActor.Command>> actors = partitions.of(table.number());
        List<CompletionStage<Void>> adoptions = new ArrayList<>();
        for (CopyPage.Position position : positions) {
            adoptions.add(ask(
                    actors.get(position.partition()),
                    replyTo -> new PartitionActor.Adopt(position.origin(), position.sequence(), replyTo)));
        }
        return all(adoptions);
    }

    private CompletionStage<Void> ask(
            ActorRef<PartitionActor.Command> partition,
            Function<ActorRef<PartitionActor.Applied>, PartitionActor.Command> message) {
        CompletionStage<PartitionActor.Applied> answer =
                AskPattern.ask(partition, message::apply, MERGE_TIMEOUT, system.scheduler());
        return answer.thenAccept(applied -> {
            if (!(applied instanceof PartitionActor.Merged)) {
                throw new IllegalStateException("a partition could not take copied rows: " + applied);
            }
        });
    }

    private static CompletionStage<Void> all(List<CompletionStage<Void>> stages) {
        return CompletableFuture.allOf(
                stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new));
    }
}
