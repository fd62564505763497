package dev.meridian.node.http;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Request identifiers as the service makes them: 52 digits and upper-case letters up to V, five random bits each. */
final class RequestIds {

    private static final byte[] ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUV".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH = 52;
    private static final int BITS = 5;
    private static final int CHARACTERS_OF_A_LONG = Long.SIZE / BITS;

    private final RandomGenerator random;

    RequestIds(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        byte[] id = new byte[LENGTH];
        long bits = 0;
        for (int i = 0; i < LENGTH; i++) {
            bits = i % CHARACTERS_OF_A_LONG == 0 ? random.nextLong() : bits >>> BITS;
            id[i] = ALPHABET[(int) bits & ALPHABET.length - 1];
        }
        return new String(id, StandardCharsets.ISO_8859_1);
    }
}
