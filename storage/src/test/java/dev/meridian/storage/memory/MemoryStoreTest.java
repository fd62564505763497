package dev.meridian.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.storage.OrderedStore;
import dev.meridian.storage.OrderedStoreContract;
import dev.meridian.storage.WriteBatch;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends OrderedStoreContract {

    @Override
    protected OrderedStore open() {
        return MemoryStore.immediate();
    }

    @Test
    void aCrashForgetsWhatWasNotSynced() {
        MemoryStore stepped = MemoryStore.stepped();
        CompletableFuture<Void> first =
                stepped.commit(new WriteBatch().put(key("a"), key("1"))).toCompletableFuture();
        CompletableFuture<Void> second =
                stepped.commit(new WriteBatch().put(key("b"), key("2"))).toCompletableFuture();
        CompletableFuture<Void> third =
                stepped.commit(new WriteBatch().put(key("c"), key("3"))).toCompletableFuture();
        stepped.sync(1);
        assertThat(first).isCompleted();
        MemoryStore reopened = stepped.crash(1);
        assertThat(reopened.get(key("a"))).isNotNull();
        assertThat(reopened.get(key("b"))).as("on disk, though nobody was told").isNotNull();
        assertThat(reopened.get(key("c"))).isNull();
        assertThat(second).isNotDone();
        assertThat(third).isNotDone();
    }
}
