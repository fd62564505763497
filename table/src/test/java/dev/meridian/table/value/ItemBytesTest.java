package dev.meridian.table.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ItemBytesTest {

    private static final Item ITEM = new Item(Map.of(
            "s", new AttributeValue.S("süß"),
            "n", new AttributeValue.N(new BigDecimal("-12.5")),
            "b", new AttributeValue.B(new Binary(new byte[] {1, 2})),
            "t", new AttributeValue.Bool(true),
            "f", new AttributeValue.Bool(false),
            "0", new AttributeValue.Null(),
            "ns", new AttributeValue.NS(new TreeSet<>(List.of(BigDecimal.ONE, BigDecimal.TEN))),
            "l",
                    new AttributeValue.L(List.of(
                            new AttributeValue.M(Map.of("x", new AttributeValue.S(""))),
                            new AttributeValue.L(List.of())))));

    @Test
    void itemsAreSound() {
        assertThat(ItemBytes.areSound(ItemCodec.encode(ITEM))).isTrue();
        assertThat(ItemBytes.areSound(ItemCodec.encode(new Item(Map.of())))).isTrue();
    }

    @Test
    void numbersAtTheirLimitsAreSound() {
        for (String number :
                List.of("9.9999999999999999999999999999999999999E+125", "-1E-130", "0", "1" + "0".repeat(125))) {
            Item item = new Item(Map.of("n", new AttributeValue.N(new BigDecimal(number))));
            assertThat(ItemBytes.areSound(ItemCodec.encode(item))).as(number).isTrue();
        }
    }

    @Test
    void aPartOfAnItemIsNot() {
        byte[] whole = ItemCodec.encode(ITEM);
        for (int length = 0; length < whole.length; length++) {
            assertThat(ItemBytes.areSound(Arrays.copyOf(whole, length)))
                    .as("the first " + length + " bytes")
                    .isFalse();
        }
        assertThat(ItemBytes.areSound(Arrays.copyOf(whole, whole.length + 1))).isFalse();
    }

    @Test
    void aNumberTooLongToBeToldIsNot() {
        byte[] number = ItemCodec.encode(new Item(Map.of("n", new AttributeValue.N(BigDecimal.ONE))));
        // The scale follows the format, the count, the name and the type: two bytes, 1,024 and more.
        number[6] = 0x7F;
        assertThat(ItemBytes.areSound(number)).isFalse();
    }

    @Test
    void whateverIsSoundCanBeDecoded() {
        byte[] whole = ItemCodec.encode(ITEM);
        Random random = new Random(20_261_121);
        for (int round = 0; round < 50_000; round++) {
            byte[] broken = whole.clone();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            if (ItemBytes.areSound(broken)) {
                assertThatCode(() -> ItemCodec.decode(broken))
                        .as(Arrays.toString(broken))
                        .doesNotThrowAnyException();
            }
        }
    }
}
