package dev.meridian.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.conflict.HybridClock;
import dev.meridian.node.catalogue.CatalogueEvent;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.partition.ApplyOutcome;
import dev.meridian.node.partition.PartitionCore;
import dev.meridian.node.partition.PartitionId;
import dev.meridian.node.partition.PartitionRules;
import dev.meridian.node.partition.WriteOutcome;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeLogTrimmerTest {

    private static final String HERE = "us-east-1";
    private static final long START = Instant.parse("2031-05-06T07:08:09Z").toEpochMilli();
    private static final TableDefinition DEFINITION =
            TableDefinition.fromRequest(("{\"TableName\":\"cart\",\"BillingMode\":\"PAY_PER_REQUEST\","
                            + "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],"
                            + "\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]}")
                    .getBytes(StandardCharsets.UTF_8));
    private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/cart";
    private static final TableSchema TABLE = DEFINITION.schema(ARN, 1, 1);

    private final MemoryStore store = MemoryStore.immediate();
    private final CatalogueState catalogue =
            CatalogueState.EMPTY.apply(new CatalogueEvent.TableCreated("g1", DEFINITION, 1, "id", ARN, 1, START));

    private record Put(Item item) implements ItemWrite {

        static Put of(String id) {
            return new Put(new Item(Map.of("id", new AttributeValue.S(id))));
        }

        @Override
        public ItemKey key() {
            return KeyEncoder.itemKey(
                    List.of(item.attributes().values().iterator().next()), List.of());
        }

        @Override
        public WriteDecision decide(@Nullable Item current) {
            return new WriteDecision.Store(item);
        }
    }

    private PartitionCore core() {
        PartitionId id = new PartitionId(HERE, 1, 0, "g1");
        return new PartitionCore(id, TABLE, store, new HybridClock(0), PartitionRules.NONE);
    }

    private static void write(PartitionCore core, MemoryStore store, String id, long atMillis) {
        WriteOutcome.Written written = (WriteOutcome.Written) core.write(Put.of(id), atMillis);
        store.commit(written.batch()).toCompletableFuture().join();
    }

    private List<ChangeRecord> log() {
        List<ChangeRecord> records = new ArrayList<>();
        store.scan(KeyRange.prefix(RowKeys.changePrefix(1, 0, HERE)), Direction.ASCENDING, (key, value) -> {
            records.add(ChangeRecord.decode(value));
            return true;
        });
        return records;
    }

    private void trimAt(long millis) {
        new ChangeLogTrimmer(
                        () -> catalogue,
                        store,
                        ServiceSettings.of("change-log-hours = 2, stream-retention-hours = 1"),
                        () -> Instant.ofEpochMilli(millis))
                .run();
    }

    @Test
    void whatIsOlderThanItIsKeptGoesAndTheCountStays() {
        PartitionCore core = core();
        for (int n = 0; n < 5; n++) {
            write(core, store, "item " + n, START + Duration.ofHours(n).toMillis());
        }
        trimAt(START + Duration.ofHours(4).toMillis());
        assertThat(log()).extracting(ChangeRecord::sequence).containsExactly(3L, 4L, 5L);
        trimAt(START + Duration.ofHours(100).toMillis());
        assertThat(log()).extracting(ChangeRecord::sequence).containsExactly(5L);
        assertThat(core().lastSequence()).isEqualTo(5);
    }

    @Test
    void aRegionThatHasNotHadWhatIsGoneFindsAGap() {
        PartitionCore core = core();
        for (int n = 0; n < 3; n++) {
            write(core, store, "item " + n, START);
        }
        trimAt(START + Duration.ofHours(3).toMillis());
        PartitionCore elsewhere = new PartitionCore(
                new PartitionId("eu-west-1", 1, 0, "g1"),
                TABLE,
                MemoryStore.immediate(),
                new HybridClock(0),
                PartitionRules.NONE);
        assertThat(elsewhere.apply(HERE, log(), START)).isEqualTo(new ApplyOutcome.Gap(0));
    }
}
