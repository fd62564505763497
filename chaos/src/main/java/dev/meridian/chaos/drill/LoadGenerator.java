package dev.meridian.chaos.drill;

import dev.meridian.chaos.drill.History.Operation;
import dev.meridian.chaos.drill.History.Outcome;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An open load: what is due begins, whatever became of what began before. Clients of {@code one-region} share one idea of which
 * region answers and go to the next after some failures in a row.
 */
final class LoadGenerator {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int SERVER_ERRORS = 500;

    private final Drill.Load load;
    private final List<String> regions;
    private final String table;
    private final MeridianClient client;
    private final History history;
    private final LongSupplier nanos;
    private final RandomGenerator random;
    private final long began;
    private final String padding;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final AtomicInteger current = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();

    LoadGenerator(
            Drill drill,
            String table,
            MeridianClient client,
            History history,
            LongSupplier nanos,
            RandomGenerator random) {
        this.load = drill.load();
        this.table = table;
        this.client = client;
        this.history = history;
        this.nanos = nanos;
        this.random = random;
        this.began = nanos.getAsLong();
        List<String> order = new ArrayList<>(List.of(load.home()));
        order.addAll(load.failoverTo());
        this.regions = load.mode() == Drill.WriteMode.ONE_REGION
                ? List.copyOf(order)
                : drill.topology().regions();
        this.padding = "x".repeat(Math.max(0, load.itemBytes() - 60));
    }

    /** Since the load began. */
    double millis() {
        return (nanos.getAsLong() - began) / NANOS_PER_MILLI;
    }

    /** Begins what is due by now; false when the load is over. */
    boolean step() {
        double now = millis();
        long due = (long) Math.ceil(Math.min(now, load.forMillis()) / 1_000 * load.perSecond());
        while (numbers.get() < due) {
            begin(numbers.incrementAndGet());
        }
        return now < load.forMillis();
    }

    /** Whether something has begun and not ended. */
    boolean isBusy() {
        return underWay.get() > 0;
    }

    private void begin(long number) {
        boolean isPut = random.nextInt(100) < load.putPercent() || number == 1;
        String key =
                "k" + (load.keys() > 0 ? random.nextInt(load.keys()) : isPut ? number : 1 + random.nextLong(number));
        String region = region(key);
        double start = millis();
        underWay.incrementAndGet();
        String body = isPut
                ? "{\"TableName\":\"" + table + "\",\"Item\":{\"id\":{\"S\":\"" + key + "\"},\"n\":{\"N\":\"" + number
                        + "\"},\"pad\":{\"S\":\"" + padding + "\"}}}"
                : "{\"TableName\":\"" + table + "\",\"Key\":{\"id\":{\"S\":\"" + key + "\"}}}";
        client.call(region, isPut ? "PutItem" : "GetItem", body, load.timeoutMillis())
                .whenComplete((answer, failure) -> {
                    end(new Operation(
                            number,
                            isPut,
                            key,
                            region,
                            start,
                            millis(),
                            outcome(answer, failure),
                            isPut || answer == null ? 0 : MeridianClient.numberIn(answer.body())));
                });
    }

    private String region(String key) {
        return switch (load.mode()) {
            case ANY_REGION -> regions.get(random.nextInt(regions.size()));
            case YOUR_REGION -> regions.get(Math.floorMod(key.hashCode(), regions.size()));
            case ONE_REGION -> regions.get(current.get() % regions.size());
        };
    }

    private static Outcome outcome(@Nullable HttpResponse<byte[]> answer, @Nullable Throwable failure) {
        if (answer != null) {
            return answer.statusCode() == 200
                    ? Outcome.DONE
                    : answer.statusCode() < SERVER_ERRORS ? Outcome.REFUSED : Outcome.UNKNOWN;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ConnectException ? Outcome.REFUSED : Outcome.UNKNOWN;
    }

    private void end(Operation operation) {
        history.add(operation);
        boolean isOfCurrent = operation.region().equals(regions.get(current.get() % regions.size()));
        if (operation.outcome() == Outcome.DONE) {
            failuresInARow.set(0);
        } else if (isOfCurrent && failuresInARow.incrementAndGet() >= load.detectAfter()) {
            failuresInARow.set(0);
            current.incrementAndGet();
        }
        underWay.decrementAndGet();
    }
}
