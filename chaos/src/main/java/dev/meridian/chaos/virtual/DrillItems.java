package dev.meridian.chaos.virtual;

import dev.meridian.chaos.drill.Sightings;
import dev.meridian.conflict.HybridTimestamp;
import dev.meridian.conflict.Version;
import dev.meridian.replication.log.Conflict;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.key.KeyEncoder;
import dev.meridian.table.operation.Answer;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemCodec;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The items a drill writes: a key, the number of the write, and padding. */
final class DrillItems {

    private DrillItems() {}

    static ItemKey key(String key) {
        return KeyEncoder.itemKey(List.of(new AttributeValue.S(key)), List.of());
    }

    static Item item(String key, long number, AttributeValue padding) {
        return new Item(Map.of(
                "id", new AttributeValue.S(key),
                "n", new AttributeValue.N(BigDecimal.valueOf(number).stripTrailingZeros()),
                "pad", padding));
    }

    /** The number of the write that an image came from; 0 for none. */
    static long number(@Nullable StampedImage image) {
        byte[] bytes = image == null ? null : image.image();
        return bytes == null ? 0 : number(ItemCodec.decode(bytes));
    }

    private static long number(Item item) {
        return item.attributes().get("n") instanceof AttributeValue.N number
                ? number.value().longValue()
                : 0;
    }

    private static String id(Item item) {
        return item.attributes().get("id") instanceof AttributeValue.S id ? id.value() : "";
    }

    /** The counter after one more has been added. */
    static Item counted(@Nullable Item current, String key, long number) {
        return moved(current, key, number, 1);
    }

    /** The account after an amount has come, or gone. */
    static Item moved(@Nullable Item current, String key, long number, long amount) {
        return new Item(Map.of(
                "id", new AttributeValue.S(key),
                "n", new AttributeValue.N(BigDecimal.valueOf(number).stripTrailingZeros()),
                "c",
                        new AttributeValue.N(
                                BigDecimal.valueOf(count(current) + amount).stripTrailingZeros())));
    }

    private static long count(@Nullable Item item) {
        return item != null && item.attributes().get("c") instanceof AttributeValue.N number
                ? number.value().longValue()
                : 0;
    }

    /** What all counters show together. */
    static long total(Collection<StampedImage> images) {
        long total = 0;
        for (StampedImage image : images) {
            byte[] bytes = image.image();
            total += bytes == null ? 0 : count(ItemCodec.decode(bytes));
        }
        return total;
    }

    /** Of each key, the number its item carries. */
    static Map<String, Long> numbers(Collection<StampedImage> images) {
        Map<String, Long> numbers = new HashMap<>();
        for (StampedImage image : images) {
            byte[] bytes = image.image();
            if (bytes != null) {
                Item item = ItemCodec.decode(bytes);
                numbers.put(id(item), number(item));
            }
        }
        return numbers;
    }

    /** Adds the numbers of the losers, by key. */
    static void losers(List<Conflict> conflicts, Map<String, Set<Long>> losers) {
        for (Conflict conflict : conflicts) {
            byte[] bytes = conflict.loser().image();
            if (bytes != null) {
                Item item = ItemCodec.decode(bytes);
                losers.computeIfAbsent(id(item), none -> new HashSet<>()).add(number(item));
            }
        }
    }

    /** The first of the conflicts as a report shows them, each write that lost once. */
    static List<Sightings.Overwritten> overwritten(List<Conflict> conflicts) {
        Map<Version, Sightings.Overwritten> found = new LinkedHashMap<>();
        for (Conflict conflict : conflicts) {
            if (found.size() < Sightings.CONFLICTS_MAX) {
                byte[] image = conflict.winner().image() == null
                        ? conflict.loser().image()
                        : conflict.winner().image();
                found.putIfAbsent(
                        conflict.loser().stamp().version(),
                        new Sightings.Overwritten(
                                image == null ? "" : id(ItemCodec.decode(image)),
                                conflict.rule().name(),
                                conflict.detectedIn(),
                                side(conflict.winner()),
                                side(conflict.loser())));
            }
        }
        return List.copyOf(found.values());
    }

    private static Sightings.Side side(StampedImage write) {
        byte[] image = write.image();
        return new Sightings.Side(
                write.stamp().version().region(),
                HybridTimestamp.millis(write.stamp().version().timestamp()),
                image == null ? "" : new String(Answer.item(ItemCodec.decode(image)), StandardCharsets.UTF_8));
    }
}
