package dev.meridian.chaos.drill;

import dev.meridian.chaos.drill.History.Operation;
import dev.meridian.chaos.drill.History.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * An open load: what is due begins, whatever became of what began before. Clients of {@code one-region} share one idea of which
 * region answers and go to the next after some failures in a row.
 */
public final class LoadGenerator {

    private static final double NANOS_PER_MILLI = 1e6;

    private final Drill.Load load;
    private final List<String> regions;
    private final Door door;
    private final History history;
    private final LongSupplier nanos;
    private final RandomGenerator random;
    private final long began;
    private final Keys keys;
    private final Clients clients = new Clients();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final AtomicInteger current = new AtomicInteger();
    private final Set<String> left = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underWay = new AtomicInteger();

    /** The load begins now, by the monotonic clock. */
    public LoadGenerator(Drill drill, Door door, History history, LongSupplier nanos, RandomGenerator random) {
        this.load = drill.load();
        this.door = door;
        this.history = history;
        this.nanos = nanos;
        this.random = random;
        this.began = nanos.getAsLong();
        List<String> order = new ArrayList<>(List.of(load.home()));
        order.addAll(load.failoverTo());
        this.regions = load.mode() == Drill.WriteMode.ONE_REGION
                ? List.copyOf(order)
                : drill.topology().regions();
        this.keys = new Keys(load, random);
    }

    /** Since the load began. */
    public double millis() {
        return (nanos.getAsLong() - began) / NANOS_PER_MILLI;
    }

    /** Begins what is due by now; false when the load is over. */
    public boolean step() {
        double now = millis();
        long due = (long) Math.ceil(Math.min(now, load.forMillis()) / 1_000 * load.perSecond());
        while (numbers.get() < due) {
            begin(numbers.incrementAndGet());
        }
        return now < load.forMillis();
    }

    /** When the next operation is due, or the load over. */
    public double nextMillis() {
        return Math.min(load.forMillis(), numbers.get() * 1_000.0 / load.perSecond());
    }

    /** Clients are told to leave a region: those that may choose go elsewhere from now on. */
    public void leave(String region) {
        left.add(region);
    }

    /** Clients may use the region again. */
    public void comeBack(String region) {
        left.remove(region);
    }

    /** Whether something has begun and not ended. */
    public boolean isBusy() {
        return underWay.get() > 0;
    }

    private void begin(long number) {
        boolean isPut = random.nextInt(100) < load.putPercent() || number == 1;
        String key = keys.next(number, isPut);
        String region = region(key);
        double start = millis();
        underWay.incrementAndGet();
        Clients.Client client = clients.next();
        Door own = load.session() ? door.carrying(client.token()) : door;
        CompletionStage<Door.Answer> answer = isPut ? write(own, region, key, number) : own.get(region, key);
        answer.whenComplete((came, bug) -> {
            end(new Operation(
                    number,
                    isPut,
                    key,
                    region,
                    start,
                    millis(),
                    came == null ? Outcome.UNKNOWN : came.outcome(),
                    came == null ? 0 : came.seen(),
                    client.number()));
            clients.ended(client, came == null ? "" : came.token());
        });
    }

    private CompletionStage<Door.Answer> write(Door own, String region, String key, long number) {
        return switch (load.workload()) {
            case PUT -> own.put(region, key, number);
            case COUNTER -> own.add(region, key, number);
            case BANK -> own.transfer(region, key, keys.other(key), number);
        };
    }

    private String region(String key) {
        return switch (load.mode()) {
            case ANY_REGION -> orNext(random.nextInt(regions.size()));
            case YOUR_REGION -> orNext(Math.floorMod(key.hashCode(), regions.size()));
            case ONE_REGION -> orNext(current.get());
        };
    }

    /** The region of that place, or the next that was not left. */
    private String orNext(int place) {
        for (int next = place; next < place + regions.size(); next++) {
            String region = regions.get(next % regions.size());
            if (!left.contains(region)) {
                return region;
            }
        }
        return regions.get(place % regions.size());
    }

    private void end(Operation operation) {
        history.add(operation);
        boolean isOfCurrent = operation.region().equals(orNext(current.get()));
        if (operation.outcome() == Outcome.DONE) {
            failuresInARow.set(0);
        } else if (isOfCurrent && failuresInARow.incrementAndGet() >= load.detectAfter()) {
            failuresInARow.set(0);
            current.incrementAndGet();
        }
        underWay.decrementAndGet();
    }
}
