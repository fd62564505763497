package dev.meridian.node.session;

import dev.meridian.table.model.ServiceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;

/**
 * Those who wait for logs. While there are any, each log waited for is looked at every few milliseconds, once for all of
 * them. Thread-safe.
 */
final class CatchingUp {

    private static final long LOOK_MILLIS = 3;

    private record Waiter(SessionToken token, long untilMillis, CompletableFuture<Void> done) {}

    private final BiPredicate<SessionToken.Log, Long> applied;
    private final LongSupplier ticks;
    private final Later later;
    private final List<Waiter> waiters = new ArrayList<>();

    /**
     * @param applied whether a log's sequence is applied here
     * @param ticks milliseconds of a clock that never jumps
     */
    CatchingUp(BiPredicate<SessionToken.Log, Long> applied, LongSupplier ticks, Later later) {
        this.applied = applied;
        this.ticks = ticks;
        this.later = later;
    }

    /** Completes when all of it is applied; fails with an internal error, which clients try again, after that long. */
    CompletionStage<Void> until(SessionToken token, long patienceMillis) {
        if (isReached(token, new HashMap<>())) {
            return CompletableFuture.completedFuture(null);
        }
        Waiter waiter = new Waiter(token, ticks.getAsLong() + patienceMillis, new CompletableFuture<>());
        synchronized (this) {
            waiters.add(waiter);
            if (waiters.size() == 1) {
                later.run(LOOK_MILLIS, this::look);
            }
        }
        return waiter.done();
    }

    private void look() {
        List<Waiter> reached = new ArrayList<>();
        List<Waiter> late = new ArrayList<>();
        synchronized (this) {
            Map<SessionToken.Log, Map<Long, Boolean>> known = new HashMap<>();
            long now = ticks.getAsLong();
            for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
                Waiter waiter = all.next();
                if (isReached(waiter.token(), known)) {
                    reached.add(waiter);
                    all.remove();
                } else if (now >= waiter.untilMillis()) {
                    late.add(waiter);
                    all.remove();
                }
            }
            if (!waiters.isEmpty()) {
                later.run(LOOK_MILLIS, this::look);
            }
        }
        reached.forEach(waiter -> waiter.done().complete(null));
        late.forEach(waiter -> waiter.done()
                .completeExceptionally(new ServiceException(
                        "com.amazonaws.dynamodb.v20120810#InternalServerError",
                        500,
                        "This region has not yet applied what the session has written in others; try again",
                        Map.of())));
    }

    private boolean isReached(SessionToken token, Map<SessionToken.Log, Map<Long, Boolean>> known) {
        return token.positions().entrySet().stream()
                .allMatch(position -> known.computeIfAbsent(position.getKey(), none -> new HashMap<>())
                        .computeIfAbsent(position.getValue(), sequence -> applied.test(position.getKey(), sequence)));
    }
}
