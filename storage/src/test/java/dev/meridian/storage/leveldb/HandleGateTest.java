package dev.meridian.storage.leveldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.meridian.storage.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Nobody touches the native handle after it is released: that would end the process. */
class HandleGateTest {

    @Test
    void theHandleIsReleasedWhenItsLastUserIsDone() throws Exception {
        HandleGate gate = new HandleGate();
        AtomicBoolean released = new AtomicBoolean();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch mayLeave = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Boolean> using = threads.submit(() -> gate.use(() -> {
                inside.countDown();
                await(mayLeave);
                return released.get();
            }));
            await(inside);
            Future<?> closing = threads.submit(() -> gate.close(() -> released.set(true)));
            assertThat(released).isFalse();
            mayLeave.countDown();
            assertThat(using.get(10, TimeUnit.SECONDS))
                    .as("released while in use")
                    .isFalse();
            closing.get(10, TimeUnit.SECONDS);
            assertThat(released).isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void manyUsersNeverSeeAReleasedHandle() throws Exception {
        for (int round = 0; round < 200; round++) {
            HandleGate gate = new HandleGate();
            AtomicBoolean released = new AtomicBoolean();
            AtomicInteger touchedAfter = new AtomicInteger();
            CountDownLatch go = new CountDownLatch(1);
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<?>> users = new ArrayList<>();
            for (int user = 0; user < 3; user++) {
                users.add(threads.submit(() -> {
                    await(go);
                    for (int n = 0; n < 1_000; n++) {
                        gate.use(() -> released.get() ? touchedAfter.incrementAndGet() : 0);
                    }
                }));
            }
            Future<?> closing = threads.submit(() -> {
                await(go);
                gate.close(() -> released.set(true));
            });
            go.countDown();
            closing.get(10, TimeUnit.SECONDS);
            for (Future<?> user : users) {
                endsOrIsRefused(user);
            }
            threads.shutdownNow();
            assertThat(touchedAfter).hasValue(0);
        }
    }

    private static void endsOrIsRefused(Future<?> user) throws Exception {
        try {
            user.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException refused) {
            assertThat(refused).hasCauseInstanceOf(StoreException.class);
        }
    }

    @Test
    void closedIsClosed() {
        HandleGate gate = new HandleGate();
        AtomicInteger releases = new AtomicInteger();
        gate.close(releases::incrementAndGet);
        gate.close(releases::incrementAndGet);
        assertThat(releases).hasValue(1);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> gate.use(() -> 1))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(StoreException.Kind.CLOSED));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
