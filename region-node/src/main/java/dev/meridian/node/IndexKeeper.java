package dev.meridian.node;

import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.IndexState;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.control.CatalogueWriter;
import dev.meridian.node.partition.Applied;
import dev.meridian.node.partition.PartitionCommand;
import dev.meridian.node.partition.PartitionDirectory;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.node.settings.ServiceTimes;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.WriteBatch;
import dev.meridian.table.key.ItemKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills indexes made while their table is in use, and removes the rows of those that go. The partitions know of the new index
 * before the filling begins and make the rows themselves, so that it may meet any write, and be begun again after a crash.
 */
final class IndexKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(IndexKeeper.class);
    private static final int PAGE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final ActorSystem<?> system;
    private final OrderedStore store;
    private final Catalogue catalogue;
    private final PartitionDirectory partitions;
    private final CatalogueWriter writer;
    private final Executor reading;
    private final ServiceSettings service;
    private final Set<String> working = ConcurrentHashMap.newKeySet();

    IndexKeeper(
            ActorSystem<?> system,
            OrderedStore store,
            Catalogue catalogue,
            PartitionDirectory partitions,
            CatalogueWriter writer,
            Executor reading,
            ServiceSettings service) {
        this.system = system;
        this.store = store;
        this.catalogue = catalogue;
        this.partitions = partitions;
        this.writer = writer;
        this.reading = reading;
        this.service = service;
    }

    /** To be called once the partitions have been told of the table's new shape. */
    void catalogueChanged(CatalogueState state) {
        for (TableState table : state.tables().values()) {
            if (table.status() == TableState.Status.DELETING) {
                continue;
            }
            table.here().indexes().forEach((name, index) -> {
                if (index.phase() != IndexState.Phase.ACTIVE) {
                    work(table, name, index);
                }
            });
        }
    }

    private void work(TableState table, String name, IndexState index) {
        String job = table.globalId() + " " + name + " " + index.phase();
        if (!working.add(job)) {
            return;
        }
        boolean isLeaving = index.phase() == IndexState.Phase.LEAVING;
        settled(table)
                .thenComposeAsync(settled -> isLeaving ? removeRows(table, index.number()) : fill(table, null), reading)
                .thenCompose(done -> isLeaving ? CompletableFuture.completedFuture(null) : asLongAsTheService())
                .thenCompose(done -> writer.change(state -> state.byGlobalId(table.globalId())
                                .filter(now -> index.equals(now.here().indexes().get(name)))
                                .isPresent()
                        ? List.of(
                                isLeaving
                                        ? new CatalogueEvent.IndexRemoved(table.globalId(), name)
                                        : new CatalogueEvent.IndexFilled(table.globalId(), name))
                        : List.of()))
                .whenComplete((done, failure) -> {
                    working.remove(job);
                    if (failure != null) {
                        LOG.info("{} of {} failed, trying again", job, table.name(), failure);
                        system.scheduler()
                                .scheduleOnce(
                                        AGAIN, () -> catalogueChanged(catalogue.state()), system.executionContext());
                    }
                });
    }

    /** An index is filled sooner than the service's; it is ACTIVE when the service's would be, if people want that. */
    private CompletionStage<Void> asLongAsTheService() {
        CompletableFuture<Void> due = new CompletableFuture<>();
        Duration delay = Duration.ofMillis(service.controlPlaneMillis(ServiceTimes.INDEX_CREATION));
        system.scheduler().scheduleOnce(delay, () -> due.complete(null), system.executionContext());
        return due;
    }

    /** Completes when what the partitions had decided before is durable. */
    private CompletionStage<Void> settled(TableState table) {
        List<CompletionStage<Void>> answers = new ArrayList<>();
        for (ActorRef<PartitionCommand> partition : partitions.of(table.number())) {
            answers.add(ask(partition, replyTo -> new PartitionCommand.Merge(List.of(), false, replyTo)));
        }
        return all(answers);
    }

    private CompletionStage<Void> fill(TableState table, byte @Nullable [] after) {
        byte[] prefix = RowKeys.rowPrefix(table.number(), 0);
        KeyRange whole = KeyRange.prefix(prefix);
        byte[] from = after == null ? whole.from() : after;
        Map<Integer, List<ItemKey>> page = new TreeMap<>();
        List<ActorRef<PartitionCommand>> actors = partitions.of(table.number());
        int[] count = {0};
        byte[][] last = new byte[1][];
        store.scan(new KeyRange(from, whole.to()), Direction.ASCENDING, (key, value) -> {
            if (StampedImage.decode(value).image() != null) {
                ItemKey item = new ItemKey(RowKeys.withinTable(key));
                page.computeIfAbsent(item.partition(actors.size()), none -> new ArrayList<>())
                        .add(item);
            }
            last[0] = key;
            return ++count[0] < PAGE;
        });
        List<CompletionStage<Void>> answers = new ArrayList<>();
        page.forEach((partition, keys) ->
                answers.add(ask(actors.get(partition), replyTo -> new PartitionCommand.Reindex(keys, replyTo))));
        if (count[0] < PAGE) {
            return all(answers);
        }
        byte[] next = java.util.Arrays.copyOf(last[0], last[0].length + 1);
        return all(answers).thenComposeAsync(done -> fill(table, next), reading);
    }

    private CompletionStage<Void> removeRows(TableState table, int number) {
        WriteBatch batch = new WriteBatch();
        store.scan(KeyRange.prefix(RowKeys.rowPrefix(table.number(), number)), Direction.ASCENDING, (key, value) -> {
            batch.delete(key);
            return batch.operations().size() < PAGE * 10;
        });
        return batch.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : store.commit(batch).thenComposeAsync(done -> removeRows(table, number), reading);
    }

    private CompletionStage<Void> ask(
            ActorRef<PartitionCommand> partition, Function<ActorRef<Applied>, PartitionCommand> message) {
        CompletionStage<Applied> answer = AskPattern.ask(partition, message::apply, PATIENCE, system.scheduler());
        return answer.thenAccept(applied -> {
            if (!(applied instanceof Applied.Merged)) {
                throw new IllegalStateException("a partition could not fill an index: " + applied);
            }
        });
    }

    private static CompletionStage<Void> all(List<CompletionStage<Void>> stages) {
        return CompletableFuture.allOf(
                stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new));
    }
}
