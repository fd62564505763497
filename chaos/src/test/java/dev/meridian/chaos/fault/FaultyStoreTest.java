package dev.meridian.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.storage.StoreException;
import dev.meridian.storage.WriteBatch;
import dev.meridian.storage.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FaultyStoreTest {

    private static final String US = "us-east-1";

    private final FaultBoard board = new FaultBoard(Map.of());
    private final List<Runnable> timers = new ArrayList<>();
    private final MemoryStore real = MemoryStore.immediate();
    private final FaultyStore store = new FaultyStore(US, real, board, (millis, task) -> {
        if (millis == 0) {
            task.run();
        } else {
            timers.add(task);
        }
    });

    private CompletableFuture<Void> put(String key) {
        return store.commit(new WriteBatch().put(key.getBytes(), key.getBytes()))
                .toCompletableFuture();
    }

    private static StoreException.Kind kind(CompletableFuture<Void> failed) {
        return failed.handle((done, failure) -> ((StoreException) failure).kind())
                .join();
    }

    @Test
    void aHealthyDiskIsJustTheStore() {
        assertThat(put("a")).isCompleted();
        assertThat(store.get("a".getBytes())).isEqualTo("a".getBytes());
    }

    @Test
    void aSlowDiskKeepsTheOrder() {
        board.setRegion(US, RegionFault.NONE.with(new DiskFault(50, false, false)));
        CompletableFuture<Void> first = put("a");
        CompletableFuture<Void> second = put("b");
        board.setRegion(US, RegionFault.NONE.with(DiskFault.NONE));
        CompletableFuture<Void> third = put("c");
        assertThat(timers).hasSize(2);
        timers.get(1).run();
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        assertThat(third).isNotDone();
        timers.get(0).run();
        assertThat(List.of(first, second, third)).allMatch(CompletableFuture::isDone);
    }

    @Test
    void aFullDiskRefusesAndTakesAgain() {
        put("a");
        board.setRegion(US, RegionFault.NONE.with(new DiskFault(0, true, false)));
        assertThat(kind(put("b"))).isEqualTo(StoreException.Kind.NO_SPACE);
        assertThat(store.get("a".getBytes())).isNotNull();
        assertThat(store.get("b".getBytes())).isNull();
        board.setRegion(US, RegionFault.NONE.with(DiskFault.NONE));
        assertThat(put("b")).isCompleted();
    }

    @Test
    void afterAFailedSyncNothingIsTakenUntilReopened() {
        board.setRegion(US, RegionFault.NONE.with(new DiskFault(0, false, true)));
        assertThat(kind(put("a"))).isEqualTo(StoreException.Kind.UNKNOWN_OUTCOME);
        board.setRegion(US, RegionFault.NONE.with(DiskFault.NONE));
        assertThat(kind(put("b"))).isEqualTo(StoreException.Kind.UNKNOWN_OUTCOME);
        FaultyStore reopened = new FaultyStore(US, real, board, (millis, task) -> task.run());
        assertThat(reopened.commit(new WriteBatch().put(new byte[] {1}, new byte[] {1}))
                        .toCompletableFuture())
                .isCompleted();
    }

    @Test
    void anotherRegionsDiskIsItsOwn() {
        board.setRegion("eu-west-1", RegionFault.NONE.with(new DiskFault(0, true, false)));
        assertThat(put("a")).isCompleted();
    }
}
