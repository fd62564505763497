package dev.meridian.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.replication.link.CopyPage;
import dev.meridian.storage.memory.MemoryStore;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopyStateTest {

    private static final CopyState STATE =
            new CopyState("us-east-1", new byte[] {5, 6}, List.of(new CopyPage.Position(3, "eu-west-1", 17)));

    @Test
    void comesBackForTheSamePeerUntilItIsForgotten() {
        MemoryStore store = MemoryStore.immediate();
        assertThat(CopyState.of(store, 7, "us-east-1")).isEmpty();
        store.commit(STATE.keep(7)).toCompletableFuture().join();
        assertThat(CopyState.of(store, 7, "us-east-1"))
                .get()
                .usingRecursiveComparison()
                .isEqualTo(STATE);
        assertThat(CopyState.of(store, 7, "ap-southeast-2")).isEmpty();
        assertThat(CopyState.of(store, 8, "us-east-1")).isEmpty();
        store.commit(CopyState.forget(7)).toCompletableFuture().join();
        assertThat(CopyState.of(store, 7, "us-east-1")).isEmpty();
    }
}
