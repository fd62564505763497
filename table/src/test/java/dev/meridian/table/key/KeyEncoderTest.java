package dev.meridian.table.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.table.Values;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Binary;
import dev.meridian.table.value.Utf8;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyEncoderTest {

    @Test
    void numbersSortAsNumbers() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            BigDecimal one = random.nextInt(20) == 0 ? BigDecimal.ZERO : Values.number(random);
            BigDecimal two = random.nextBoolean() ? Values.number(random) : one.add(BigDecimal.ONE);
            assertOrder(new AttributeValue.N(one), new AttributeValue.N(two), Integer.signum(one.compareTo(two)));
        }
    }

    @Test
    void stringsSortAsUtf8Bytes() {
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            String one = Values.text(random);
            String two = random.nextBoolean() ? Values.text(random) : one + Values.text(random);
            assertOrder(
                    new AttributeValue.S(one), new AttributeValue.S(two), Integer.signum(Utf8.ORDER.compare(one, two)));
        }
    }

    @Test
    void binariesSortAsUnsignedBytes() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] one = new byte[1 + random.nextInt(4)];
            byte[] two = new byte[1 + random.nextInt(4)];
            random.nextBytes(one);
            random.nextBytes(two);
            one[random.nextInt(one.length)] = 0;
            assertOrder(
                    new AttributeValue.B(new Binary(one)),
                    new AttributeValue.B(new Binary(two)),
                    Integer.signum(Arrays.compareUnsigned(one, two)));
        }
    }

    @Test
    void noComponentRunsIntoTheNext() {
        ItemKey one = KeyEncoder.itemKey(List.of(Values.s("a")), List.of(Values.s("bc")));
        ItemKey two = KeyEncoder.itemKey(List.of(Values.s("ab")), List.of(Values.s("c")));
        assertThat(one).isNotEqualTo(two);
    }

    @Test
    void segmentsCoverEveryHashOnce() {
        for (int total : new int[] {1, 2, 3, 7, 1_000}) {
            assertThat(KeyEncoder.segmentStart(0, total)).isEqualTo(new byte[4]);
            assertThat(KeyEncoder.segmentStart(total, total)).isNull();
            for (int segment = 1; segment < total; segment++) {
                byte[] before = KeyEncoder.segmentStart(segment - 1, total);
                assertThat(Arrays.compareUnsigned(KeyEncoder.segmentStart(segment, total), before))
                        .isPositive();
            }
        }
    }

    private static void assertOrder(AttributeValue one, AttributeValue two, int expected) {
        int actual = Integer.signum(Arrays.compareUnsigned(KeyEncoder.encode(one), KeyEncoder.encode(two)));
        assertThat(actual).as("%s against %s", one, two).isEqualTo(expected);
    }
}
