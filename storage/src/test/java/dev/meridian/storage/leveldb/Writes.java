package dev.meridian.storage.leveldb;

import dev.meridian.storage.WriteBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** Many small writes, in groups of a few. */
final class Writes {

    private Writes() {}

    /** Writes rows of 300 bytes under the keys from 0 on. */
    static void write(LevelDbStore store, int count) {
        write(store, count, number -> new WriteBatch().put(key(number), new byte[300]));
    }

    /** Writes batches by their numbers, and waits until all are durable. */
    static void write(LevelDbStore store, int count, IntFunction<WriteBatch> batches) {
        List<CompletableFuture<Void>> commits = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            CompletableFuture<Void> commit = store.commit(batches.apply(number)).toCompletableFuture();
            commits.add(commit);
            if (number % 10 == 0) {
                commit.join();
            }
        }
        commits.forEach(CompletableFuture::join);
    }

    static byte[] key(int number) {
        return ("key-" + number).getBytes(StandardCharsets.UTF_8);
    }
}
