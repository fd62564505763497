package dev.meridian.node.replication;

import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.partition.CopiedRow;
import dev.meridian.node.partition.PartitionActor;
import dev.meridian.node.partition.PartitionDirectory;
import dev.meridian.replication.link.CopyPage;
import dev.meridian.replication.link.Link;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.table.key.ItemKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
    private static final Duration MERGE_TIMEOUT = Duration.ofSeconds(60);

    private final TableState table;
    private final Link link;
    private final PartitionDirectory partitions;
    private final ActorSystem<?> system;
    private final List<CopyPage.Position> positions = new ArrayList<>();
    private long rows;

    TableCopy(TableState table, Link link, PartitionDirectory partitions, ActorSystem<?> system) {
        this.table = table;
        this.link = link;
        this.partitions = partitions;
        this.system = system;
    }

    /** Completes, with how many rows there were, when every row is durable here and the peer's positions are adopted. */
    CompletionStage<Long> run() {
        return page(null).thenCompose(done -> adopt()).thenApply(done -> rows);
    }

    private CompletionStage<Void> page(byte @Nullable [] from) {
        byte[] request = new CopyPage.Request(table.globalId(), from).encode();
        return link.exchange(new LinkRequest(LinkRequest.Kind.COPY, request, PAGE_TIMEOUT_MILLIS))
                .thenApply(CopyPage::decode)
                .thenCompose(page -> {
                    positions.addAll(page.positions());
                    rows += page.rows().size();
                    return merge(page.rows()).thenCompose(merged -> {
                        byte[] next = page.next();
                        return next == null ? CompletableFuture.completedFuture(null) : page(next);
                    });
                });
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
