package dev.meridian.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.conflict.AttributeVersions;
import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.table.definition.KeySchema;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Item;
import dev.meridian.table.value.ItemCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttributeMergeTest {

    private static final KeySchema KEY = new KeySchema(List.of("id"), List.of());
    private static final List<String> REGIONS = List.of("ap", "eu", "us");
    private static final String[] NAMES = {"a", "b", "c"};
    private static final int SEEDS = 3_000;

    private static Item item(String... attributes) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put("id", new AttributeValue.S("1"));
        for (String attribute : attributes) {
            String[] parts = attribute.split("=", 2);
            values.put(parts[0], new AttributeValue.S(parts[1]));
        }
        return new Item(values);
    }

    private static @Nullable Item decoded(@Nullable StampedImage image) {
        byte[] bytes = image == null ? null : image.image();
        return bytes == null ? null : ItemCodec.decode(bytes);
    }

    private static StampedImage write(@Nullable StampedImage here, @Nullable Item after, long at, String region) {
        Version version = new Version(at, region);
        Stamp stamp = here == null ? Stamp.first(version) : Stamp.after(here.stamp(), version);
        AttributeVersions attributes = AttributeMerge.written(KEY, here, decoded(here), after, version);
        return new StampedImage(stamp, after == null ? null : ItemCodec.encode(after), attributes);
    }

    private static AttributeMerge merge(StampedImage here, StampedImage incoming) {
        return AttributeMerge.of(KEY, here, decoded(here), incoming);
    }

    @Test
    void writesToDifferentAttributesAreBothKeptAndNothingIsLost() {
        StampedImage base = write(null, item("a=0", "b=0"), 1, "us");
        AttributeMerge both =
                merge(write(base, item("a=1", "b=0"), 10, "us"), write(base, item("a=0", "b=2"), 20, "eu"));
        assertThat(both.item()).isEqualTo(item("a=1", "b=2"));
        assertThat(both.losesHere() || both.losesIncoming()).isFalse();
    }

    @Test
    void ofOneAttributeTheLaterWriteStaysAndTheOtherIsLost() {
        StampedImage base = write(null, item("a=0"), 1, "us");
        StampedImage us = write(base, item("a=1"), 10, "us");
        StampedImage eu = write(base, item("a=2"), 20, "eu");
        assertThat(merge(us, eu).item()).isEqualTo(item("a=2"));
        assertThat(merge(us, eu).losesHere()).isTrue();
        assertThat(merge(eu, us).losesIncoming()).isTrue();
        assertThat(merge(eu, us).changesItem()).isFalse();
    }

    @Test
    void anAttributeThatWasRemovedLaterStaysRemoved() {
        StampedImage base = write(null, item("a=0", "b=0"), 1, "us");
        AttributeMerge merged = merge(write(base, item("a=5", "b=0"), 10, "us"), write(base, item("b=0"), 20, "eu"));
        assertThat(merged.item()).isEqualTo(item("b=0"));
        assertThat(merged.losesHere()).isTrue();
    }

    @Test
    void aLaterDeleteTakesTheWholeItemAndAnEarlierOneAllThatWasNotWrittenSince() {
        StampedImage base = write(null, item("a=0", "b=0"), 1, "us");
        StampedImage update = write(base, item("a=1", "b=0"), 10, "us");
        assertThat(merge(update, write(base, null, 20, "eu")).item()).isNull();
        AttributeMerge earlier = merge(update, write(base, null, 5, "eu"));
        assertThat(earlier.item()).isEqualTo(item("a=1"));
        assertThat(earlier.losesIncoming()).isTrue();
    }

    @Test
    void aRowFromBeforeThePolicyCountsAsWrittenAtItsStamp() {
        StampedImage plain =
                new StampedImage(Stamp.first(new Version(5, "us")), ItemCodec.encode(item("a=0", "b=0")), null);
        StampedImage other = write(null, item("a=9"), 3, "eu");
        assertThat(merge(plain, other).item()).isEqualTo(item("a=0", "b=0"));
    }

    /** States as regions make and exchange them, brought together in one order and, doubled, in another. */
    @Test
    void anyOrderWithAnyRepetitionGivesOneResult() {
        int mixed = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            List<StampedImage> states = states(random);
            List<StampedImage> shuffled = new ArrayList<>(states);
            shuffled.addAll(states.subList(0, random.nextInt(states.size() + 1)));
            Collections.shuffle(shuffled, random);
            StampedImage one = all(states);
            StampedImage other = all(shuffled);
            assertThat(one.stamp()).as("seed %d", seed).isEqualTo(other.stamp());
            assertThat(one.attributes()).as("seed %d", seed).isEqualTo(other.attributes());
            assertThat(one.image()).as("seed %d", seed).isEqualTo(other.image());
            mixed += states.stream().noneMatch(state -> Arrays.equals(state.image(), one.image())) ? 1 : 0;
        }
        assertThat(mixed).as("outcomes that are of several writes").isGreaterThan(SEEDS / 10);
    }

    private static StampedImage all(List<StampedImage> states) {
        StampedImage current = states.get(0);
        for (StampedImage state : states) {
            current = merge(current, state).image();
        }
        return current;
    }

    private static List<StampedImage> states(Random random) {
        List<StampedImage> made = new ArrayList<>();
        Map<String, StampedImage> here = new HashMap<>();
        long now = 0;
        for (int i = 0; i <= 2 + random.nextInt(8); i++) {
            String region = REGIONS.get(random.nextInt(REGIONS.size()));
            StampedImage mine = here.get(region);
            if (!made.isEmpty() && random.nextInt(3) == 0) {
                StampedImage heard = made.get(random.nextInt(made.size()));
                here.put(region, mine == null ? heard : merge(mine, heard).image());
                continue;
            }
            now += random.nextInt(3);
            long at = Math.max(now, mine == null ? 0 : mine.stamp().version().timestamp() + 1);
            StampedImage written = write(mine, after(decoded(mine), random, i), at, region);
            here.put(region, written);
            made.add(written);
        }
        return made.isEmpty() ? List.of(write(null, item("a=0"), 1, "us")) : made;
    }

    private static @Nullable Item after(@Nullable Item before, Random random, int write) {
        if (before != null && random.nextInt(6) == 0) {
            return null;
        }
        Map<String, AttributeValue> values =
                new HashMap<>(Objects.requireNonNullElse(before, item()).attributes());
        String name = NAMES[random.nextInt(NAMES.length)];
        if (random.nextInt(4) == 0) {
            values.remove(name);
        } else {
            values.put(name, new AttributeValue.S("w" + write));
        }
        return new Item(values);
    }
}
