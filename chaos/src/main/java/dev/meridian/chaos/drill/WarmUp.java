package dev.meridian.chaos.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Operations that nobody counts, before the load begins: code that has never run is slow, and clients would leave a region for it that
 * nothing is wrong with.
 */
final class WarmUp {

    private static final int EACH = 12;
    private static final int QUICK_ROUNDS = 30;
    private static final long QUICK_NANOS = 100_000_000L;
    private static final long NANOS_MAX = 15_000_000_000L;

    private WarmUp() {}

    /** Returns when enough of it was quick, or after a while; what fails does not matter. */
    static void run(Door door, List<String> regions, LongSupplier nanos) {
        long until = nanos.getAsLong() + NANOS_MAX;
        int quick = 0;
        while (quick < QUICK_ROUNDS && nanos.getAsLong() < until) {
            long before = nanos.getAsLong();
            round(door, regions);
            quick += nanos.getAsLong() - before < QUICK_NANOS ? 1 : 0;
        }
    }

    private static void round(Door door, List<String> regions) {
        List<CompletableFuture<Door.Answer>> answers = new ArrayList<>();
        for (String region : regions) {
            for (int i = 0; i < EACH; i++) {
                String key = "warm-up-" + region + "-" + i;
                answers.add(door.put(region, key, 0).toCompletableFuture());
                answers.add(door.get(region, key).toCompletableFuture());
            }
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
    }
}
