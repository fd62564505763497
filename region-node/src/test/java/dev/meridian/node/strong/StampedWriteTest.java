package dev.meridian.node.strong;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.conflict.HybridClock;
import dev.meridian.replication.consensus.Change;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.operation.ItemWrite;
import dev.meridian.table.operation.WriteDecision;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a write makes of the value agreed on. */
class StampedWriteTest {

    private static final Item ITEM = new Item(Map.of("id", new AttributeValue.S("1")));

    @Test
    void everyValueIsLaterThanTheOneItWasMadeOfAndKnowsIt() {
        byte[] first = replaced(write("us-east-1", 9_000, item -> new WriteDecision.Store(ITEM)), null);
        // The next region's clock is behind.
        StampedWrite second = write("eu-west-1", 1_000, item -> new WriteDecision.Remove());
        byte[] value = replaced(second, first);
        StampedImage before = StampedImage.decode(first);
        StampedImage after = StampedImage.decode(value);
        assertThat(after.stamp().version()).isGreaterThan(before.stamp().version());
        assertThat(after.stamp().seen().covers(before.stamp().version())).isTrue();
        assertThat(after.image()).isNull();
        assertThat(second.includes(value, first)).isTrue();
        assertThat(second.includes(first, value)).isFalse();
        assertThat(second.includes(null, first)).isFalse();
    }

    @Test
    void aConditionSeesTheItemAndARefusalChangesNothing() {
        byte[] there = replaced(write("us-east-1", 1_000, item -> new WriteDecision.Store(ITEM)), null);
        StampedWrite onlyNew = write(
                "us-east-1",
                2_000,
                item -> item == null
                        ? new WriteDecision.Store(ITEM)
                        : new WriteDecision.Refuse(ServiceException.validation("there")));
        assertThat(onlyNew.propose(there)).isInstanceOf(Change.Keep.class);
        assertThat(onlyNew.decision()).isInstanceOf(WriteDecision.Refuse.class);
        assertThat(onlyNew.propose(null)).isInstanceOf(Change.Replace.class);
    }

    private static byte[] replaced(StampedWrite write, byte @Nullable [] current) {
        return ((Change.Replace) write.propose(current)).value();
    }

    private static StampedWrite write(String region, long nowMillis, Function<@Nullable Item, WriteDecision> decision) {
        ItemWrite write = new ItemWrite() {
            @Override
            public ItemKey key() {
                return new ItemKey(new byte[] {1});
            }

            @Override
            public WriteDecision decide(@Nullable Item current) {
                return decision.apply(current);
            }
        };
        return new StampedWrite(write, region, new HybridClock(0), () -> Instant.ofEpochMilli(nowMillis));
    }
}
