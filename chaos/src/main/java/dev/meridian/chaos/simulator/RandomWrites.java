package dev.meridian.chaos.simulator;

import dev.meridian.table.key.ItemKey;
import dev.meridian.table.key.KeyEncoder;
import dev.meridian.table.operation.ItemWrite;
import dev.meridian.table.operation.WriteDecision;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What simulated clients write: items and deletes, or, where regions decide by attribute, single attributes too. */
final class RandomWrites {

    private static final String[] ATTRIBUTES = {"a", "b", "c", "d"};

    private final SplittableRandom random;
    private final boolean isByAttribute;

    RandomWrites(SplittableRandom random, boolean isByAttribute) {
        this.random = random;
        this.isByAttribute = isByAttribute;
    }

    /** A write to the item; what it stores carries the number. */
    ItemWrite write(AttributeValue id, int number) {
        return isByAttribute ? ofAttribute(id, number) : whole(id, number);
    }

    private ItemWrite whole(AttributeValue id, int number) {
        ItemKey key = KeyEncoder.itemKey(List.of(id), List.of());
        boolean delete = random.nextInt(5) == 0;
        Item item = new Item(Map.of("id", id, "v", new AttributeValue.S("w" + number)));
        return new ItemWrite() {
            @Override
            public ItemKey key() {
                return key;
            }

            @Override
            public WriteDecision decide(@Nullable Item current) {
                if (!delete) {
                    return new WriteDecision.Store(item);
                }
                return current == null ? new WriteDecision.Keep() : new WriteDecision.Remove();
            }
        };
    }

    /** Sets or removes one attribute, or replaces the item, or deletes it. */
    private ItemWrite ofAttribute(AttributeValue id, int number) {
        ItemKey key = KeyEncoder.itemKey(List.of(id), List.of());
        int what = random.nextInt(10);
        String name = ATTRIBUTES[random.nextInt(ATTRIBUTES.length)];
        AttributeValue value = new AttributeValue.S("w" + number);
        return new ItemWrite() {
            @Override
            public ItemKey key() {
                return key;
            }

            @Override
            public WriteDecision decide(@Nullable Item current) {
                if (what == 0) {
                    return current == null ? new WriteDecision.Keep() : new WriteDecision.Remove();
                }
                Map<String, AttributeValue> base =
                        what > 1 && current != null ? current.attributes() : Map.of("id", id);
                Map<String, AttributeValue> attributes = new HashMap<>(base);
                if (what == 2) {
                    attributes.remove(name);
                } else {
                    attributes.put(name, value);
                }
                return new WriteDecision.Store(new Item(attributes));
            }
        };
    }
}
