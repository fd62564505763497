package dev.meridian.table.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.table.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ItemCodecTest {

    @Test
    void readsWhatItWrote() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            Item item = Values.randomItem(random, 3);
            assertThat(ItemCodec.decode(ItemCodec.encode(item))).isEqualTo(item);
        }
    }

    @Test
    void equalItemsGiveEqualBytesWhateverTheirOrder() {
        Random random = new Random(12);
        for (int i = 0; i < 500; i++) {
            Item item = Values.randomItem(random, 2);
            List<Map.Entry<String, AttributeValue>> entries =
                    new ArrayList<>(item.attributes().entrySet());
            Collections.shuffle(entries, random);
            Map<String, AttributeValue> shuffled = new LinkedHashMap<>();
            entries.forEach(entry -> shuffled.put(entry.getKey(), entry.getValue()));
            assertThat(ItemCodec.encode(new Item(shuffled))).isEqualTo(ItemCodec.encode(item));
        }
    }

    @Test
    void damagedBytesAreRefusedAndNothingElse() {
        Random random = new Random(13);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = ItemCodec.encode(Values.randomItem(random, 2));
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                ItemCodec.decode(bytes);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageStartingWith("a");
            }
        }
    }

    @Test
    void randomBytesAreRefusedAndNothingElse() {
        Random random = new Random(14);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(64)];
            random.nextBytes(bytes);
            bytes[0] = 1;
            try {
                ItemCodec.decode(bytes);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageStartingWith("a");
            }
        }
    }

    @Test
    void bytesNestedTooDeeplyAreRefused() {
        byte[] nested = new byte[400_000];
        nested[0] = 1;
        nested[1] = 1;
        nested[2] = 1;
        nested[3] = 'a';
        for (int i = 4; i + 1 < nested.length; i += 2) {
            nested[i] = 'L';
            nested[i + 1] = 1;
        }
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> ItemCodec.decode(nested))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an item nested too deeply");
    }
}
