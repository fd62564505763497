package dev.meridian.node.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meridian.node.session.SessionToken.Log;
import dev.meridian.table.model.ServiceException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CatchingUpTest {

    private static final Log LOG = new Log("cart", "us-east-1", 0);
    private static final long PATIENCE = 100;

    private final Map<Log, Long> applied = new HashMap<>();
    private final Queue<Runnable> scheduled = new ArrayDeque<>();
    private long now;
    private int looks;
    private final CatchingUp catchingUp = new CatchingUp(
            (log, sequence) -> {
                looks++;
                return applied.getOrDefault(log, 0L) >= sequence;
            },
            () -> now,
            (millis, task) -> scheduled.add(task));

    private CompletableFuture<Void> waitFor(long sequence) {
        return catchingUp
                .until(new SessionToken(Map.of(LOG, sequence)), PATIENCE)
                .toCompletableFuture();
    }

    private void passMillis(long millis) {
        now += millis;
        scheduled.remove().run();
    }

    @Test
    void whatIsAppliedIsNotWaitedFor() {
        applied.put(LOG, 7L);
        assertThat(waitFor(7)).isCompleted();
        assertThat(scheduled).isEmpty();
    }

    @Test
    void waitsUntilItIsApplied() {
        CompletableFuture<Void> waiting = waitFor(7);
        passMillis(10);
        assertThat(waiting).isNotDone();
        applied.put(LOG, 8L);
        passMillis(10);
        assertThat(waiting).isCompleted();
        assertThat(scheduled).as("nobody waits any more").isEmpty();
    }

    @Test
    void givesUpWithAnErrorThatClientsTryAgain() {
        CompletableFuture<Void> waiting = waitFor(7);
        passMillis(PATIENCE);
        assertThatThrownBy(waiting::join).cause().isInstanceOfSatisfying(ServiceException.class, error -> {
            assertThat(error.status()).isEqualTo(500);
            assertThat(error.type()).endsWith("#InternalServerError");
        });
    }

    @Test
    void looksOnceForAllWhoWaitForTheSame() {
        for (int n = 0; n < 50; n++) {
            waitFor(7);
        }
        assertThat(scheduled).hasSize(1);
        looks = 0;
        passMillis(1);
        assertThat(looks).isEqualTo(1);
    }
}
