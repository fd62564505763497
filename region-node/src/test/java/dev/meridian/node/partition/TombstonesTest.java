package dev.meridian.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.conflict.HybridClock;
import dev.meridian.conflict.HybridTimestamp;
import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.replication.link.CopyPage;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.memory.MemoryStore;
import dev.meridian.table.definition.TableDefinition;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.key.KeyEncoder;
import dev.meridian.table.operation.ItemWrite;
import dev.meridian.table.operation.WriteDecision;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TombstonesTest {

    private static final String HERE = "us-east-1";
    private static final String PEER = "eu-west-1";
    private static final long NOW = 1_000_000;
    private static final TableSchema TABLE = TableDefinition.fromRequest(
                    ("{\"TableName\":\"cart\",\"BillingMode\":\"PAY_PER_REQUEST\","
                                    + "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],"
                                    + "\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]}")
                            .getBytes(StandardCharsets.UTF_8))
            .schema("arn", 1, 1);
    private static final Item ITEM = new Item(Map.of("id", new AttributeValue.S("1")));
    private static final ItemKey KEY = KeyEncoder.itemKey(List.of(new AttributeValue.S("1")), List.of());
    private static final ChangeRecord OLD = new ChangeRecord(
            1, KEY.bytes(), Stamp.first(new Version(HybridTimestamp.of(NOW - 500, 0), PEER)), ItemCodec.encode(ITEM));

    private final MemoryStore store = MemoryStore.immediate();
    private PartitionCore core = core();

    private PartitionCore core() {
        return new PartitionCore(
                new PartitionId(HERE, 1, 0, "g1"), TABLE, store, new HybridClock(0), PartitionRules.NONE);
    }

    private record Write(WriteDecision decision) implements ItemWrite {

        @Override
        public ItemKey key() {
            return KEY;
        }

        @Override
        public WriteDecision decide(@Nullable Item current) {
            return decision;
        }
    }

    private Stamp write(WriteDecision decision, long atMillis) {
        WriteOutcome.Written written = (WriteOutcome.Written) core.write(new Write(decision), atMillis);
        store.commit(written.batch()).toCompletableFuture().join();
        core.durable(written.ticket());
        return written.change().stamp();
    }

    private ApplyOutcome.Merged commit(ApplyOutcome outcome) {
        ApplyOutcome.Merged merged = (ApplyOutcome.Merged) outcome;
        store.commit(merged.batch()).toCompletableFuture().join();
        core.durable(merged.ticket());
        return merged;
    }

    private byte @Nullable [] row() {
        return store.get(RowKeys.item(1, KEY.bytes()));
    }

    private long deletedAt() {
        write(new WriteDecision.Store(ITEM), NOW);
        return write(new WriteDecision.Remove(), NOW).version().timestamp();
    }

    @Test
    void aTombstoneStaysUntilTheStableTimeHasPassedIt() {
        long deleted = deletedAt();
        commit(core.collect(deleted - 1, 10));
        assertThat(row()).isNotNull();
        commit(core.collect(deleted, 10));
        assertThat(row()).isNull();
        assertThat(commit(core.collect(deleted, 10)).applied())
                .as("nothing is left")
                .isZero();
    }

    @Test
    void whatIsAnItemAgainStays() {
        deletedAt();
        long again = write(new WriteDecision.Store(ITEM), NOW + 1).version().timestamp();
        commit(core.collect(again, 10));
        assertThat(row()).isNotNull();
    }

    @Test
    void anOlderWriteThatComesAfterwardsIsPassedOverAlsoAfterARestart() {
        commit(core.collect(deletedAt(), 10));
        core = core();
        ApplyOutcome.Merged merged = commit(core.apply(PEER, List.of(OLD), NOW));
        assertThat(merged.duplicates()).isEqualTo(1);
        assertThat(merged.checkpoint()).isEqualTo(1);
        assertThat(row()).isNull();
        StampedImage image = new StampedImage(OLD.stamp(), OLD.image());
        assertThat(commit(core.merge(List.of(new CopiedRow(KEY.bytes(), image)), true, NOW))
                        .duplicates())
                .isEqualTo(1);
        assertThat(row()).isNull();
    }

    @Test
    void aNewWriteIsLaterAndKnowsOfWhatWasDeleted() {
        long deleted = deletedAt();
        commit(core.collect(deleted, 10));
        core = core();
        Stamp stamp = write(new WriteDecision.Store(ITEM), NOW - 100_000);
        assertThat(stamp.version().timestamp()).isGreaterThan(deleted);
        assertThat(stamp.seen().covers(new Version(deleted, "ap-southeast-2"))).isTrue();
        assertThat(stamp.seen().covers(new Version(deleted + 1, "ap-southeast-2")))
                .isFalse();
    }

    @Test
    void whereRowsWereLostNothingHereMeansNothing() {
        commit(core.collect(deletedAt(), 10));
        commit(core.adopt(CopyPage.Position.STABLE, 0));
        commit(core.apply(PEER, List.of(OLD), NOW));
        assertThat(row()).isNotNull();
    }

    @Test
    void aReplicaTakesOverWhatItsSourceHasLetGoOf() {
        commit(core.adopt(CopyPage.Position.STABLE, HybridTimestamp.of(NOW, 0)));
        commit(core.apply(PEER, List.of(OLD), NOW));
        assertThat(row()).isNull();
    }

    @Test
    void aNewReplicaWritesNothingBeforeWhatItsSourceHasToldTheOthers() {
        long told = HybridTimestamp.of(NOW + 5_000, 0);
        commit(core.adopt(CopyPage.Position.CLOCK, told));
        assertThat(write(new WriteDecision.Store(ITEM), NOW).version().timestamp())
                .isGreaterThan(told);
        assertThat(java.nio.ByteBuffer.wrap(java.util.Objects.requireNonNull(store.get(RowKeys.clock())))
                        .getLong())
                .as("also after it has started again")
                .isGreaterThanOrEqualTo(told);
    }
}
