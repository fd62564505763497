package dev.meridian.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.conflict.HybridClock;
import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.StoreException;
import dev.meridian.storage.memory.MemoryStore;
import dev.meridian.table.definition.TableDefinition;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.key.KeyEncoder;
import dev.meridian.table.operation.ItemWrite;
import dev.meridian.table.operation.WriteDecision;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The partition's shell: when it answers, and what it does when the store fails. */
class PartitionActorTest {

    private static final ActorTestKit KIT = ActorTestKit.create("partitions");
    private static final PartitionId ID = new PartitionId("us-east-1", 1, 0, "g1");
    private static final TableSchema TABLE = TableDefinition.fromRequest(
                    ("{\"TableName\":\"cart\",\"BillingMode\":\"PAY_PER_REQUEST\","
                                    + "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],"
                                    + "\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]}")
                            .getBytes(StandardCharsets.UTF_8))
            .schema("arn:aws:dynamodb:us-east-1:000000000000:table/cart", 1, 1);

    private final MemoryStore store = MemoryStore.stepped();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final List<Long> durable = Collections.synchronizedList(new ArrayList<>());
    private final ActorRef<PartitionCommand> partition = KIT.spawn(PartitionActor.create(
            ID,
            TABLE,
            new PartitionActor.Setting(
                    store,
                    () -> Instant.ofEpochMilli(1_000),
                    new HybridClock(0),
                    (id, change) -> durable.add(change.sequence()),
                    PartitionRules.NONE)));

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void aWriteIsAnsweredWhenItIsDurableAndNotBefore() throws InterruptedException {
        write("a", "1");
        awaitQueued(1);
        assertThat(answers).isEmpty();
        assertThat(durable).isEmpty();
        store.sync(1);
        assertThat(answer()).isEqualTo("written a=1");
        assertThat(durable).containsExactly(1L);
    }

    @Test
    void aRefusalThatTellsOfAWriteWaitsForThatWrite() throws InterruptedException {
        write("a", "1");
        partition.tell(new PartitionCommand.Write(new OnlyNew("a"), listener("new a")));
        awaitQueued(2);
        assertThat(answers).isEmpty();
        store.sync(2);
        assertThat(List.of(answer(), answer())).containsExactly("written a=1", "refused new a");
    }

    @Test
    void afterAFailedCommitWhatStoodOnItFailsTooAndThenTheDiskDecides() throws InterruptedException {
        write("a", "1");
        awaitQueued(1);
        store.sync(1);
        assertThat(answer()).isEqualTo("written a=1");

        store.failWith(StoreException.Kind.NO_SPACE);
        write("a", "2");
        assertThat(answer()).isEqualTo("failed a=2");
        store.failWith(null);

        String again;
        do {
            // Until it has recovered the partition refuses everything.
            partition.tell(new PartitionCommand.Write(new OnlyNew("a"), listener("new a")));
            again = answer();
        } while (again.startsWith("failed"));
        assertThat(again).as("the first write still stands").isEqualTo("refused new a");
        write("a", "3");
        awaitQueued(1);
        store.sync(1);
        assertThat(answer()).isEqualTo("written a=3");
        assertThat(durable).as("the failed write's number is given again").containsExactly(1L, 2L);
    }

    @Test
    void recordsOfAnotherRegionThatLeaveAGapAreNotApplied() {
        TestProbe<Applied> probe = KIT.createTestProbe();
        ChangeRecord third = recordOf(3);
        partition.tell(new PartitionCommand.Apply("eu-west-1", List.of(third), 7, probe.ref()));
        Applied.Gap gap = probe.expectMessageClass(Applied.Gap.class);
        assertThat(gap.tag()).isEqualTo(7);
        assertThat(gap.checkpoint()).isZero();
        assertThat(store.queued()).isZero();
    }

    @Test
    void recordsOfAnotherRegionAreAnsweredWhenDurable() {
        TestProbe<Applied> probe = KIT.createTestProbe();
        partition.tell(new PartitionCommand.Apply("eu-west-1", List.of(recordOf(1), recordOf(2)), 7, probe.ref()));
        probe.expectNoMessage(Duration.ofMillis(50));
        awaitQueued(1);
        store.sync(1);
        Applied.Merged merged = probe.expectMessageClass(Applied.Merged.class);
        assertThat(merged.outcome().checkpoint()).isEqualTo(2);
        assertThat(merged.outcome().applied()).isEqualTo(2);
    }

    @Test
    void whatWasAgreedOnIsWrittenOnceAndNeverGoesBack() throws InterruptedException {
        ChangeRecord older = recordOf(1);
        Stamp later =
                Stamp.after(older.stamp(), new Version(older.stamp().version().timestamp() + 1, "us-east-1"));
        learn("later", new StampedImage(later, older.image()));
        awaitQueued(1);
        store.sync(1);
        assertThat(answer()).isEqualTo("written later");
        learn("older", new StampedImage(older.stamp(), older.image()));
        learn("again", new StampedImage(later, older.image()));
        assertThat(List.of(answer(), answer())).containsExactly("refused older", "refused again");
        assertThat(durable).containsExactly(1L);
    }

    private void learn(String name, StampedImage agreed) {
        partition.tell(new PartitionCommand.Learn(key("k1"), agreed, listener(name)));
    }

    @Test
    void recordsThatMakeNoSenseAreRefusedAndNothingElseIs() throws InterruptedException {
        TestProbe<Applied> probe = KIT.createTestProbe();
        ChangeRecord good = recordOf(1);
        for (ChangeRecord senseless : List.of(
                new ChangeRecord(1, new byte[0], good.stamp(), good.image()),
                new ChangeRecord(1, new byte[] {1, 2, 3}, good.stamp(), null),
                new ChangeRecord(1, good.key(), good.stamp(), new byte[0]),
                new ChangeRecord(1, good.key(), good.stamp(), new byte[] {1, 1, 1, 'v', 'S', 120}))) {
            partition.tell(new PartitionCommand.Apply("eu-west-1", List.of(good, senseless), 7, probe.ref()));
            Applied.Failed failed = probe.expectMessageClass(Applied.Failed.class);
            assertThat(failed.tag()).isEqualTo(7);
            assertThat(failed.failure()).isInstanceOf(MalformedBytesException.class);
            partition.tell(new PartitionCommand.Merge(
                    List.of(new CopiedRow(senseless.key(), senseless.stamped())), true, probe.ref()));
            assertThat(probe.expectMessageClass(Applied.Failed.class).failure())
                    .isInstanceOf(MalformedBytesException.class);
        }
        assertThat(store.queued()).isZero();

        write("a", "1");
        partition.tell(new PartitionCommand.Apply("eu-west-1", List.of(good), 8, probe.ref()));
        awaitQueued(2);
        store.sync(2);
        assertThat(answer()).isEqualTo("written a=1");
        assertThat(probe.expectMessageClass(Applied.Merged.class).outcome().applied())
                .isEqualTo(1);
    }

    @Test
    void aDecisionThatThrowsIsAnsweredAndThePartitionLivesOn() throws InterruptedException {
        write("a", "1");
        partition.tell(new PartitionCommand.Write(new Broken("b"), listener("broken")));
        assertThat(answer()).isEqualTo("failed broken");
        awaitQueued(1);
        store.sync(1);
        assertThat(answer()).isEqualTo("written a=1");
        String again;
        do {
            // Until it has recovered the partition refuses everything.
            partition.tell(new PartitionCommand.Write(new OnlyNew("a"), listener("new a")));
            again = answer();
        } while (again.startsWith("failed"));
        assertThat(again).as("what was decided before is not lost").isEqualTo("refused new a");
    }

    @Test
    void aStoppedPartitionEnds() {
        TestProbe<Void> probe = KIT.createTestProbe();
        partition.tell(PartitionCommand.Stop.INSTANCE);
        probe.expectTerminated(partition);
    }

    /** A change as another region would have made it. */
    private static ChangeRecord recordOf(int sequence) {
        MemoryStore elsewhere = MemoryStore.immediate();
        PartitionCore core = new PartitionCore(
                new PartitionId("eu-west-1", 1, 0, "g1"), TABLE, elsewhere, new HybridClock(0), PartitionRules.NONE);
        ChangeRecord last = null;
        for (int n = 1; n <= sequence; n++) {
            WriteOutcome outcome = core.write(new Put("k" + n, "v"), 1_000 + n);
            last = ((WriteOutcome.Written) outcome).change();
        }
        assertThat(last).isNotNull();
        return java.util.Objects.requireNonNull(last);
    }

    private void write(String id, String value) {
        partition.tell(new PartitionCommand.Write(new Put(id, value), listener(id + "=" + value)));
    }

    private WriteListener listener(String name) {
        return new WriteListener() {
            @Override
            public void decided(WriteOutcome outcome) {
                answers.add((outcome instanceof WriteOutcome.Written ? "written " : "refused ") + name);
            }

            @Override
            public void failed(Throwable failure) {
                answers.add("failed " + name);
            }
        };
    }

    private String answer() throws InterruptedException {
        String answer = answers.poll(10, TimeUnit.SECONDS);
        assertThat(answer).isNotNull();
        return java.util.Objects.requireNonNull(answer);
    }

    private void awaitQueued(int batches) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (store.queued() < batches) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static ItemKey key(String id) {
        return KeyEncoder.itemKey(List.of(new AttributeValue.S(id)), List.of());
    }

    private record Put(String id, String value) implements ItemWrite {

        @Override
        public ItemKey key() {
            return PartitionActorTest.key(id);
        }

        @Override
        public WriteDecision decide(@Nullable Item current) {
            return new WriteDecision.Store(
                    new Item(Map.of("id", new AttributeValue.S(id), "v", new AttributeValue.S(value))));
        }
    }

    /** A write that a bug prevents. */
    private record Broken(String id) implements ItemWrite {

        @Override
        public ItemKey key() {
            return PartitionActorTest.key(id);
        }

        @Override
        public WriteDecision decide(@Nullable Item current) {
            throw new IllegalStateException("a bug");
        }
    }

    /** Writes nothing where there is an item. */
    private record OnlyNew(String id) implements ItemWrite {

        @Override
        public ItemKey key() {
            return PartitionActorTest.key(id);
        }

        @Override
        public WriteDecision decide(@Nullable Item current) {
            return current == null
                    ? new WriteDecision.Store(new Item(Map.of("id", new AttributeValue.S(id))))
                    : new WriteDecision.Keep();
        }
    }
}
