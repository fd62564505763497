package dev.meridian.chaos.drill;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Where a measurement takes place: two regions behind a front door, and the time by which it is taken. */
public final class MeasureSetting {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long LOOK_MILLIS = 50;
    private static final long CALL_MILLIS = 30_000;

    final MeridianClient client;
    final String source;
    final String target;
    final LongSupplier nanos;
    final Runnable breather;
    private final Consumer<String> tell;

    /**
     * @param url the front door
     * @param source the region that is written to
     * @param target the region that follows it
     * @param nanos a monotonic clock
     * @param breather waits a millisecond or so
     * @param tell hears of what happens, for people
     */
    public MeasureSetting(
            String url, String source, String target, LongSupplier nanos, Runnable breather, Consumer<String> tell) {
        this.client = new MeridianClient(url);
        this.source = source;
        this.target = target;
        this.nanos = nanos;
        this.breather = breather;
        this.tell = tell;
    }

    MeasureTable table(String name) {
        // Looking takes from what is measured: not so often.
        return new MeasureTable(new RemoteTable(client, name, CALL_MILLIS, nanos, () -> rest(LOOK_MILLIS)));
    }

    /** Tells people what happens. */
    void tell(String format, Object... values) {
        tell.accept(String.format(Locale.ROOT, format, values));
    }

    double secondsSince(long beganNanos) {
        return (nanos.getAsLong() - beganNanos) / NANOS_PER_SECOND;
    }

    /** Waits so long. */
    void rest(long millis) {
        long until = nanos.getAsLong() + millis * 1_000_000;
        while (nanos.getAsLong() < until) {
            breather.run();
        }
    }
}
