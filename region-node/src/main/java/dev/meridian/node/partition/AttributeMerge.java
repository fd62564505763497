package dev.meridian.node.partition;

import dev.meridian.conflict.AttributeVersions;
import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.table.definition.KeySchema;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemCodec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Two states of an item brought together attribute by attribute, in tables whose policy is that. A write is of the attributes whose
 * values it changes; one that leaves the item there is of its key too, so that an item is there exactly if its last write is later
 * than its last delete. Pure.
 *
 * @param image what the item is now
 * @param item the same, decoded; null for a tombstone
 * @param changesItem whether the item is not what it was here
 * @param losesHere whether something written here gave way to what did not know of it
 * @param losesIncoming whether something of what came did
 */
record AttributeMerge(
        StampedImage image, @Nullable Item item, boolean changesItem, boolean losesHere, boolean losesIncoming) {

    /** When each attribute was written, after a local write over what is here. */
    static AttributeVersions written(
            KeySchema key, @Nullable StampedImage image, @Nullable Item before, @Nullable Item after, Version version) {
        if (after == null) {
            return AttributeVersions.ofDelete(version);
        }
        Map<String, AttributeValue> old = before == null ? Map.of() : before.attributes();
        Set<String> changed = new HashSet<>(old.keySet());
        changed.addAll(after.attributes().keySet());
        changed.removeIf(name -> isKey(key, name)
                || Objects.equals(old.get(name), after.attributes().get(name)));
        AttributeVersions known = image == null ? AttributeVersions.NONE : versions(key, image, before);
        return known.after(changed, version);
    }

    /** What is here and what came, together. */
    static AttributeMerge of(KeySchema key, StampedImage here, @Nullable Item itemHere, StampedImage incoming) {
        byte[] bytes = incoming.image();
        Item itemIncoming = bytes == null ? null : ItemCodec.decode(bytes);
        AttributeVersions mine = versions(key, here, itemHere);
        AttributeVersions theirs = versions(key, incoming, itemIncoming);
        AttributeVersions all = mine.join(theirs);
        Version last = here.stamp().version().compareTo(incoming.stamp().version()) >= 0
                ? here.stamp().version()
                : incoming.stamp().version();
        Item item = all.leaves(last) ? item(key, all, mine, itemHere, itemIncoming) : null;
        Stamp stamp = new Stamp(last, here.stamp().seen().merge(incoming.stamp().seen()));
        byte[] encoded = item == null ? null : ItemCodec.encode(item);
        return new AttributeMerge(
                new StampedImage(stamp, encoded, all),
                item,
                !Arrays.equals(encoded, here.image()),
                isLost(mine, here, itemHere, all, item, incoming.stamp()),
                isLost(theirs, incoming, itemIncoming, all, item, here.stamp()));
    }

    private static Item item(
            KeySchema key,
            AttributeVersions all,
            AttributeVersions mine,
            @Nullable Item here,
            @Nullable Item incoming) {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        Item present = Objects.requireNonNull(here == null ? incoming : here);
        present.attributes().forEach((name, value) -> {
            if (isKey(key, name)) {
                values.put(name, value);
            }
        });
        all.written().forEach((name, version) -> {
            Item from = mine.stands(name, version) ? here : incoming;
            AttributeValue value = from == null ? null : from.get(name);
            if (value != null) {
                values.put(name, value);
            }
        });
        return new Item(values);
    }

    /** Whether something of one side is not in the outcome, and the other side did not know of it. */
    private static boolean isLost(
            AttributeVersions versions,
            StampedImage image,
            @Nullable Item item,
            AttributeVersions all,
            @Nullable Item outcome,
            Stamp other) {
        boolean isAsAWhole = (item == null) != (outcome == null)
                && !other.seen().covers(image.stamp().version());
        return isAsAWhole
                || versions.written().entrySet().stream()
                        .anyMatch(write -> !all.stands(write.getKey(), write.getValue())
                                && !other.seen().covers(write.getValue()));
    }

    /** Of rows written before the table decided by attribute, and of tombstones that stand in for others, by their stamp. */
    private static AttributeVersions versions(KeySchema key, StampedImage image, @Nullable Item item) {
        AttributeVersions known = image.attributes();
        Version version = image.stamp().version();
        if (known != null) {
            return known;
        }
        if (item == null) {
            return AttributeVersions.ofDelete(version);
        }
        TreeMap<String, Version> written = new TreeMap<>();
        item.attributes().keySet().stream()
                .filter(name -> !isKey(key, name))
                .forEach(name -> written.put(name, version));
        return new AttributeVersions(null, written);
    }

    private static boolean isKey(KeySchema key, String name) {
        return key.hash().contains(name) || key.range().contains(name);
    }
}
