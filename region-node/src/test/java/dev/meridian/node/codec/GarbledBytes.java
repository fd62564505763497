package dev.meridian.node.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Function;

/** Bytes in every way torn and garbled: each way is read as something else, or refused with one type of error. */
public final class GarbledBytes {

    private static final int SPLICES = 500;

    private GarbledBytes() {}

    /** {@code decode} must read the bytes as they are, and refuse whatever it does not read with that type. */
    public static void areRefused(byte[] whole, Function<byte[], ?> decode, Class<? extends RuntimeException> refusal) {
        assertThatCode(() -> decode.apply(whole)).doesNotThrowAnyException();
        for (int length = 0; length < whole.length; length++) {
            check(Arrays.copyOf(whole, length), decode, refusal);
        }
        for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            check(flipped, decode, refusal);
        }
        Random random = new Random(5);
        for (int i = 0; i < SPLICES; i++) {
            byte[] spliced = whole.clone();
            for (int left = 1 + random.nextInt(4); left > 0 && spliced.length > 0; left--) {
                spliced[random.nextInt(spliced.length)] = (byte) random.nextInt(256);
            }
            check(spliced, decode, refusal);
        }
    }

    private static void check(byte[] garbled, Function<byte[], ?> decode, Class<? extends RuntimeException> refusal) {
        try {
            assertThat(decode.apply(garbled)).isNotNull();
        } catch (RuntimeException refused) {
            assertThat(refused).as("%s", HexFormat.of().formatHex(garbled)).isInstanceOf(refusal);
        }
    }
}
