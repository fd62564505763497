package dev.meridian.node.http;

import java.util.random.RandomGenerator;

/** Request identifiers as the service makes them: 52 upper-case letters and digits. */
final class RequestIds {

    private static final char[] ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".toCharArray();
    private static final int LENGTH = 52;
    private static final int RANDOM_CHARACTERS = 24;

    private final RandomGenerator random;

    RequestIds(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        char[] id = new char[LENGTH];
        long bits = 0;
        for (int i = 0; i < LENGTH; i++) {
            if (i % (RANDOM_CHARACTERS / 2) == 0) {
                bits = random.nextLong() & Long.MAX_VALUE;
            }
            id[i] = ALPHABET[(int) (bits % ALPHABET.length)];
            bits = bits / ALPHABET.length + i;
        }
        return new String(id);
    }
}
