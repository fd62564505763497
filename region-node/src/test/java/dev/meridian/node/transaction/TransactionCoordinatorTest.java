package dev.meridian.node.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.meridian.conflict.HybridClock;
import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.node.partition.Applied;
import dev.meridian.node.partition.PartitionActor;
import dev.meridian.node.partition.PartitionCommand;
import dev.meridian.node.partition.PartitionDirectory;
import dev.meridian.node.partition.PartitionId;
import dev.meridian.node.partition.PartitionRules;
import dev.meridian.node.partition.StoreReaders;
import dev.meridian.node.partition.StoreTableReader;
import dev.meridian.node.partition.WriteListener;
import dev.meridian.node.partition.WriteOutcome;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.StoreException;
import dev.meridian.storage.memory.MemoryStore;
import dev.meridian.table.capacity.Allowance;
import dev.meridian.table.definition.TableDefinition;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.key.KeyEncoder;
import dev.meridian.table.operation.DataOperations;
import dev.meridian.table.operation.Plan;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Transactions over real partitions and a store that says when it has synced, and crashes when it is told to. */
class TransactionCoordinatorTest {

    private static final ActorTestKit KIT = ActorTestKit.create("transactions");
    private static final int PARTITIONS = 4;
    private static final InstantSource CLOCK = () -> Instant.ofEpochMilli(1_000_000);
    private static final TableSchema TABLE = TableDefinition.fromRequest(
                    ("{\"TableName\":\"cart\",\"BillingMode\":\"PAY_PER_REQUEST\","
                                    + "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],"
                                    + "\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]}")
                            .getBytes(StandardCharsets.UTF_8))
            .schema("arn:aws:dynamodb:us-east-1:000000000000:table/cart", 1, PARTITIONS);

    private MemoryStore store = MemoryStore.stepped();
    private PartitionDirectory partitions = new PartitionDirectory();
    private TransactionCoordinator coordinator = start(store);

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private TransactionCoordinator start(MemoryStore disk) {
        partitions = new PartitionDirectory();
        HybridClock stamps = new HybridClock(0);
        List<ActorRef<PartitionCommand>> actors = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            actors.add(KIT.spawn(PartitionActor.create(
                    new PartitionId("us-east-1", 1, partition, "g1"),
                    TABLE,
                    new PartitionActor.Setting(disk, CLOCK, stamps, (id, change) -> {}, PartitionRules.NONE))));
        }
        partitions.register(1, actors);
        return new TransactionCoordinator(
                partitions, disk, new TransactionTokens(disk, CLOCK), new StoreReaders(disk, Allowance.UNLIMITED));
    }

    private static String puts(String token, String value, String... ids) {
        StringBuilder items = new StringBuilder();
        for (String id : ids) {
            items.append(items.length() == 0 ? "" : ",")
                    .append("{\"Put\":{\"TableName\":\"cart\",\"Item\":{\"id\":{\"S\":\"")
                    .append(id)
                    .append("\"},\"v\":{\"S\":\"")
                    .append(value)
                    .append("\"}}}}");
        }
        return "{\"ClientRequestToken\":\"" + token + "\",\"TransactItems\":[" + items + "]}";
    }

    private CompletableFuture<byte[]> run(String request) {
        byte[] body = request.getBytes(StandardCharsets.UTF_8);
        Plan.TransactWrite plan = (Plan.TransactWrite) DataOperations.plan("TransactWriteItems", body, name -> TABLE);
        return coordinator.run("000000000000", plan, body, Runnable::run).toCompletableFuture();
    }

    private String value(String id) {
        Item item = new StoreTableReader(store, 1).get(key(id));
        return item == null ? "" : ((AttributeValue.S) java.util.Objects.requireNonNull(item.get("v"))).value();
    }

    private static ItemKey key(String id) {
        return KeyEncoder.itemKey(List.of(new AttributeValue.S(id)), List.of());
    }

    private void awaitQueued(int batches) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (store.queued() < batches) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static final String[] IDS = {"a", "b", "c", "d", "e", "f", "g", "h"};

    @Test
    void isAcknowledgedWhenItsOneBatchIsDurable() throws Exception {
        CompletableFuture<byte[]> done = run(puts("t1", "1", IDS));
        awaitQueued(1);
        assertThat(done).isNotDone();
        assertThat(store.queued()).isEqualTo(1);
        store.sync(1);
        done.get(10, TimeUnit.SECONDS);
        for (String id : IDS) {
            assertThat(value(id)).isEqualTo("1");
        }
    }

    @Test
    void aCrashBeforeTheSyncLeavesNothingAndOneAfterItEverything() throws Exception {
        run(puts("t1", "1", IDS));
        awaitQueued(1);
        store = store.crash(0);
        coordinator = start(store);
        for (String id : IDS) {
            assertThat(value(id)).isEmpty();
        }
        assertThat(store.get(RowKeys.token("t1"))).isNull();

        run(puts("t1", "2", IDS));
        awaitQueued(1);
        store = store.crash(1);
        coordinator = start(store);
        for (String id : IDS) {
            assertThat(value(id)).isEqualTo("2");
        }
        // The client that never got an answer asks again: it took place, and does not take place twice.
        run(puts("t1", "2", IDS)).get(10, TimeUnit.SECONDS);
        assertThat(store.queued()).isZero();
    }

    @Test
    void aWriteThatMeetsItIsRefusedUntilItIsDurable() throws Exception {
        CompletableFuture<byte[]> done = run(puts("t1", "1", IDS));
        awaitQueued(1);
        CompletableFuture<WriteOutcome> met = write("c");
        assertThat(met.get(10, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        WriteOutcome.Refused.class,
                        refused -> assertThat(refused.error().type()).endsWith("#TransactionConflictException"));
        CompletableFuture<byte[]> other = run(puts("t2", "2", "c", "other"));
        awaitQueued(2);
        store.sync(2);
        done.get(10, TimeUnit.SECONDS);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> other.get(10, TimeUnit.SECONDS))
                .withMessageContaining("[TransactionConflict, None]");
        CompletableFuture<byte[]> again = run(puts("t3", "3", "c", "other"));
        awaitQueued(1);
        store.sync(1);
        again.get(10, TimeUnit.SECONDS);
        assertThat(value("c")).isEqualTo("3");
    }

    @Test
    void whatTheStoreRefusesDidNotTakePlaceAndLocksNothing() throws Exception {
        store.failWith(StoreException.Kind.NO_SPACE);
        CompletableFuture<byte[]> refused = run(puts("t1", "1", IDS));
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> refused.get(10, TimeUnit.SECONDS));
        store.failWith(null);
        CompletableFuture<byte[]> again;
        do {
            // Until the partitions have recovered they refuse.
            again = run(puts("t1", "1", IDS));
            while (!again.isDone() && store.queued() == 0) {
                Thread.onSpinWait();
            }
        } while (again.isCompletedExceptionally());
        store.sync(1);
        again.get(10, TimeUnit.SECONDS);
        assertThat(value("h")).isEqualTo("1");
    }

    @Test
    void recordsOfAnotherRegionForItsItemsWaitForItsEnd() throws Exception {
        CompletableFuture<byte[]> done = run(puts("t1", "1", "a"));
        awaitQueued(1);
        Item remote = new Item(Map.of("id", new AttributeValue.S("a"), "v", new AttributeValue.S("far")));
        ChangeRecord record = new ChangeRecord(
                1,
                key("a").bytes(),
                Stamp.first(new Version(new HybridClock(0).next(2_000_000), "eu-west-1")),
                ItemCodec.encode(remote));
        TestProbe<Applied> probe = KIT.createTestProbe();
        partitions
                .find(TABLE, key("a"))
                .orElseThrow()
                .tell(new PartitionCommand.Apply("eu-west-1", List.of(record), 1, probe.ref()));
        store.sync(1);
        done.get(10, TimeUnit.SECONDS);
        awaitQueued(1);
        store.sync(1);
        probe.expectMessageClass(Applied.Merged.class);
        assertThat(value("a")).isEqualTo("far");
    }

    private CompletableFuture<WriteOutcome> write(String id) {
        byte[] body =
                ("{\"TableName\":\"cart\",\"Item\":{\"id\":{\"S\":\"" + id + "\"}}}").getBytes(StandardCharsets.UTF_8);
        Plan.Write plan = (Plan.Write) DataOperations.plan("PutItem", body, name -> TABLE);
        CompletableFuture<WriteOutcome> outcome = new CompletableFuture<>();
        partitions
                .find(TABLE, key(id))
                .orElseThrow()
                .tell(new PartitionCommand.Write(plan.write(), new WriteListener() {
                    @Override
                    public void decided(WriteOutcome decided) {
                        outcome.complete(decided);
                    }

                    @Override
                    public void failed(Throwable failure) {
                        outcome.completeExceptionally(failure);
                    }
                }));
        return outcome;
    }
}
