package dev.meridian.chaos.drill;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Measures what it takes to add a replica to a table with many items while it is written to: how long, at which rate, and what
 * the writers notice. Writers keep to a rate, so that their latencies can be compared.
 */
public final class AddReplicaRun {

    private static final String TABLE = "add-replica";
    private static final int BATCH = 25;
    private static final int BATCHES_UNDER_WAY = 32;
    private static final long BASELINE_MILLIS = 15_000;
    private static final long CALL_MILLIS = 60_000;
    private static final double NANOS_PER_MILLI = 1e6;
    /** An item has this many bytes besides its padding. */
    private static final int BARE_ITEM_BYTES = 40;

    /** What came of it: seconds for the copy, and the writers' p99 before it and during it. */
    public record Outcome(double seconds, double itemsPerSecond, double p99BeforeMillis, double p99DuringMillis) {}

    private final MeridianClient client;
    private final String source;
    private final String target;
    private final LongSupplier nanos;
    private final Runnable breather;
    private final Consumer<String> tell;

    /**
     * @param url the front door of regions where tables get replicas only when they are asked for
     * @param nanos a monotonic clock
     * @param breather waits a millisecond or so
     * @param tell hears of what happens, for people
     */
    public AddReplicaRun(
            String url, String source, String target, LongSupplier nanos, Runnable breather, Consumer<String> tell) {
        this.client = new MeridianClient(url);
        this.source = source;
        this.target = target;
        this.nanos = nanos;
        this.breather = breather;
        this.tell = tell;
    }

    /** Runs it. */
    public Outcome run(int items, int itemBytes, double writesPerSecond) {
        MeasureTable table = new MeasureTable(client, TABLE, nanos, breather);
        table.create(source, List.of());
        fill(items, itemBytes);
        HttpDoor door = HttpDoor.to(client, TABLE, itemBytes);
        Writers writers = new Writers(door, writesPerSecond, items);
        writers.start();
        try {
            writers.measure();
            writers.rest(BASELINE_MILLIS);
            double before = writers.p99Millis();
            tell.accept(String.format(
                    Locale.ROOT,
                    "writers at %.0f/s have a p99 of %.1f ms; adding %s",
                    writesPerSecond,
                    before,
                    target));
            writers.measure();
            long began = nanos.getAsLong();
            table.addReplica(source, target);
            table.await(target, 1);
            double seconds = (nanos.getAsLong() - began) / 1e9;
            return new Outcome(seconds, items / seconds, before, writers.p99Millis());
        } finally {
            writers.stop();
        }
    }

    private void fill(int items, int itemBytes) {
        String padding = "x".repeat(Math.max(0, itemBytes - BARE_ITEM_BYTES));
        Semaphore underWay = new Semaphore(BATCHES_UNDER_WAY);
        AtomicLong refused = new AtomicLong();
        for (int from = 0; from < items; from += BATCH) {
            StringBuilder body = new StringBuilder("{\"RequestItems\":{\"" + TABLE + "\":[");
            for (int n = from; n < Math.min(items, from + BATCH); n++) {
                body.append(n == from ? "" : ",")
                        .append("{\"PutRequest\":{\"Item\":{\"id\":{\"S\":\"k")
                        .append(n)
                        .append("\"},\"n\":{\"N\":\"0\"},\"pad\":{\"S\":\"")
                        .append(padding)
                        .append("\"}}}}");
            }
            underWay.acquireUninterruptibly();
            client.call(source, "BatchWriteItem", body.append("]}}").toString(), CALL_MILLIS)
                    .whenComplete((answer, failure) -> {
                        underWay.release();
                        if (answer == null || answer.statusCode() != 200) {
                            refused.incrementAndGet();
                        }
                    });
        }
        underWay.acquireUninterruptibly(BATCHES_UNDER_WAY);
        if (refused.get() > 0) {
            throw new IllegalStateException(refused.get() + " batches of items could not be written");
        }
        tell.accept(items + " items of " + itemBytes + " bytes are there");
    }

    /** Writes to a random item at even intervals, whatever became of what began before. */
    private final class Writers {

        private final HttpDoor door;
        private final double perSecond;
        private final int keys;
        private final ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();
        private volatile boolean over;

        Writers(HttpDoor door, double perSecond, int keys) {
            this.door = door;
            this.perSecond = perSecond;
            this.keys = keys;
        }

        void start() {
            Thread thread = new Thread(this::write, "writers");
            thread.setDaemon(true);
            thread.start();
        }

        private void write() {
            long began = nanos.getAsLong();
            for (long number = 1; !over; number++) {
                double due = began + number * 1e9 / perSecond;
                while (nanos.getAsLong() < due && !over) {
                    breather.run();
                }
                long start = nanos.getAsLong();
                door.put(source, "k" + number * 7_919 % keys, number).thenAccept(answer -> {
                    if (answer.outcome() == History.Outcome.DONE) {
                        millis.add((nanos.getAsLong() - start) / NANOS_PER_MILLI);
                    }
                });
            }
        }

        void measure() {
            millis.clear();
        }

        double p99Millis() {
            double[] sorted =
                    millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return sorted.length == 0
                    ? 0
                    : Arrays.stream(sorted)
                            .skip(sorted.length * 99L / 100)
                            .findFirst()
                            .orElse(0);
        }

        void rest(long restMillis) {
            long until = nanos.getAsLong() + restMillis * 1_000_000;
            while (nanos.getAsLong() < until) {
                breather.run();
            }
        }

        void stop() {
            over = true;
        }
    }
}
