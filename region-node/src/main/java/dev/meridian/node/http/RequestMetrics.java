package dev.meridian.node.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Counts a region's requests and the time they take, by operation and outcome. */
public final class RequestMetrics {

    /** Upper bounds of the buckets, in nanoseconds. */
    private static final long[] BUCKET_NANOS = {
        500_000L,
        1_000_000L,
        2_500_000L,
        5_000_000L,
        10_000_000L,
        25_000_000L,
        50_000_000L,
        100_000_000L,
        250_000_000L,
        500_000_000L,
        1_000_000_000L,
        2_500_000_000L
    };

    private record Key(String operation, String outcome) {}

    private record Induced(String table, String operation) {}

    private static final class Series {
        private final LongAdder[] buckets = new LongAdder[BUCKET_NANOS.length + 1];
        private final LongAdder nanos = new LongAdder();

        Series() {
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] = new LongAdder();
            }
        }

        void record(long elapsedNanos) {
            int bucket = 0;
            while (bucket < BUCKET_NANOS.length && elapsedNanos > BUCKET_NANOS[bucket]) {
                bucket++;
            }
            buckets[bucket].increment();
            nanos.add(elapsedNanos);
        }
    }

    /** One request under way. */
    public interface Timer {

        /** Ends it. The outcome is ok, user_error or system_error. */
        void stop(String outcome);
    }

    private final String region;
    private final LongSupplier nanoClock;
    private final Map<Key, Series> series = new ConcurrentHashMap<>();
    private final Map<Induced, LongAdder> induced = new ConcurrentHashMap<>();

    /** {@code nanoClock} is a monotonic clock in nanoseconds. */
    public RequestMetrics(String region, LongSupplier nanoClock) {
        this.region = region;
        this.nanoClock = nanoClock;
    }

    Timer start(String operation) {
        long started = nanoClock.getAsLong();
        String known =
                dev.meridian.table.model.ApiModel.dynamodb().operations().contains(operation) ? operation : "unknown";
        return outcome -> series.computeIfAbsent(new Key(known, outcome), key -> new Series())
                .record(nanoClock.getAsLong() - started);
    }

    /** A request was answered with a server error that a fault brought about, as the service counts them during an experiment. */
    void faultInduced(String table, String operation) {
        induced.computeIfAbsent(new Induced(table, operation), none -> new LongAdder())
                .increment();
    }

    /** The figures in Prometheus' text format. */
    public String prometheus() {
        StringBuilder text = new StringBuilder("# TYPE meridian_requests_seconds histogram\n");
        Map<String, Series> sorted = new TreeMap<>();
        series.forEach((key, value) -> sorted.put(
                "region=\"" + region + "\",operation=\"" + key.operation() + "\",outcome=\"" + key.outcome() + "\"",
                value));
        sorted.forEach((labels, value) -> {
            long count = 0;
            for (int i = 0; i < value.buckets.length; i++) {
                count += value.buckets[i].sum();
                String bound = i < BUCKET_NANOS.length ? Double.toString(BUCKET_NANOS[i] / 1e9) : "+Inf";
                text.append("meridian_requests_seconds_bucket{")
                        .append(labels)
                        .append(",le=\"")
                        .append(bound);
                text.append("\"} ").append(count).append('\n');
            }
            text.append("meridian_requests_seconds_sum{").append(labels).append("} ");
            text.append(value.nanos.sum() / 1e9).append('\n');
            text.append("meridian_requests_seconds_count{")
                    .append(labels)
                    .append("} ")
                    .append(count)
                    .append('\n');
        });
        if (!induced.isEmpty()) {
            text.append("# TYPE meridian_fault_injection_service_induced_errors_total counter\n");
        }
        induced.forEach((of, count) -> text.append("meridian_fault_injection_service_induced_errors_total{region=\"")
                .append(region)
                .append("\",table=\"")
                .append(of.table())
                .append("\",operation=\"")
                .append(of.operation())
                .append("\"} ")
                .append(count.sum())
                .append('\n'));
        return text.toString();
    }
}
