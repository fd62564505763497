package dev.meridian.chaos.drill;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

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

    private final MeasureSetting setting;

    /** Runs where tables get replicas only when they are asked for. */
    public AddReplicaRun(MeasureSetting setting) {
        this.setting = setting;
    }

    /** Runs it. */
    public Outcome run(int items, int itemBytes, double writesPerSecond) {
        MeasureTable table = setting.table(TABLE);
        table.create(setting.source, List.of());
        fill(items, itemBytes);
        HttpDoor door = HttpDoor.to(setting.client, TABLE, itemBytes);
        Writers writers = new Writers(door, writesPerSecond, items);
        writers.start();
        try {
            writers.measure();
            setting.rest(BASELINE_MILLIS);
            double before = writers.p99Millis();
            setting.tell("writers at %.0f/s have a p99 of %.1f ms; adding %s", writesPerSecond, before, setting.target);
            writers.measure();
            long began = setting.nanos.getAsLong();
            table.addReplica(setting.source, setting.target);
            table.await(setting.target, 1);
            double seconds = setting.secondsSince(began);
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
            setting.client
                    .call(setting.source, "BatchWriteItem", body.append("]}}").toString(), CALL_MILLIS)
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
        setting.tell("%d items of %d bytes are there", items, itemBytes);
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
            long began = setting.nanos.getAsLong();
            for (long number = 1; !over; number++) {
                double due = began + number * 1e9 / perSecond;
                while (setting.nanos.getAsLong() < due && !over) {
                    setting.breather.run();
                }
                long start = setting.nanos.getAsLong();
                door.put(setting.source, "k" + number * 7_919 % keys, number).thenAccept(answer -> {
                    if (answer.outcome() == History.Outcome.DONE) {
                        millis.add((setting.nanos.getAsLong() - start) / NANOS_PER_MILLI);
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

        void stop() {
            over = true;
        }
    }
}
