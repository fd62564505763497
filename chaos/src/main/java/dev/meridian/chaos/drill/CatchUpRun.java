package dev.meridian.chaos.drill;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures how a backlog grows and drains: writers that never rest in one region, a link that is cut for a while, and then, under
 * the same load, how long it takes until the other region is as close behind as before.
 */
public final class CatchUpRun {

    private static final String TABLE = "catch-up";
    private static final long WARM_MILLIS = 10_000;
    private static final long SAMPLE_MILLIS = 250;
    private static final long DRAIN_MILLIS_MAX = 600_000;
    /** So little of the backlog is left when it counts as drained. */
    private static final double LEFT = 0.02;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final Pattern PENDING = Pattern.compile("\"pendingTo\"\\s*:\\s*\\{[^}]*\"%s\"\\s*:\\s*(\\d+)");

    /**
     * What came of it.
     *
     * @param writesPerSecond before the cut, during it, and while the backlog drained
     * @param backlog records at the end of the cut
     * @param grewPerSecond records
     * @param drainedPerSecond records, net of those that were written meanwhile
     * @param appliedPerSecond records that arrived meanwhile
     */
    public record Outcome(
            double[] writesPerSecond,
            long backlog,
            double grewPerSecond,
            double drainedPerSecond,
            double appliedPerSecond,
            double drainedAfterSeconds) {

        /** How many times as fast it drained as it had grown. */
        public double ratio() {
            return grewPerSecond == 0 ? 0 : drainedPerSecond / grewPerSecond;
        }
    }

    private final MeridianClient client;
    private final String source;
    private final String target;
    private final LongSupplier nanos;
    private final Runnable breather;
    private final Consumer<String> tell;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * @param url the front door
     * @param nanos a monotonic clock
     * @param breather waits a millisecond or so
     * @param tell hears of what happens, for people
     */
    public CatchUpRun(
            String url, String source, String target, LongSupplier nanos, Runnable breather, Consumer<String> tell) {
        this.client = new MeridianClient(url);
        this.source = source;
        this.target = target;
        this.nanos = nanos;
        this.breather = breather;
        this.tell = tell;
    }

    /** Runs it with so many writers; throws {@link IllegalStateException} where the backlog does not drain. */
    public Outcome run(int writers, long cutMillis, int itemBytes) {
        new MeasureTable(client, TABLE, nanos, breather).create(source, java.util.List.of(target));
        HttpDoor door = HttpDoor.to(client, TABLE, itemBytes);
        for (int writer = 0; writer < writers; writer++) {
            write(door);
        }
        try {
            rest(WARM_MILLIS);
            double before = rate(WARM_MILLIS);
            tell.accept(String.format(
                    Locale.ROOT, "%.0f writes a second; cutting the link for %d s", before, cutMillis / 1_000));
            long behind = pending();
            cut(true);
            double during = rate(cutMillis);
            long backlog = pending();
            double grew = (backlog - behind) * 1_000.0 / cutMillis;
            tell.accept(String.format(Locale.ROOT, "backlog %d records; healing the link", backlog));
            long writtenBefore = written.get();
            long healed = nanos.getAsLong();
            cut(false);
            long left = drain(backlog, healed);
            double seconds = (nanos.getAsLong() - healed) / NANOS_PER_SECOND;
            double after = (written.get() - writtenBefore) / seconds;
            double drained = (backlog - left) / seconds;
            return new Outcome(new double[] {before, during, after}, backlog, grew, drained, drained + after, seconds);
        } finally {
            over.set(true);
        }
    }

    private void write(HttpDoor door) {
        long number = numbers.incrementAndGet();
        door.put(source, "k" + number, number).thenAccept(answer -> {
            if (answer.outcome() == History.Outcome.DONE) {
                written.incrementAndGet();
            }
            if (!over.get()) {
                write(door);
            }
        });
    }

    private double rate(long millis) {
        long before = written.get();
        long began = nanos.getAsLong();
        rest(millis);
        return (written.get() - before) / ((nanos.getAsLong() - began) / NANOS_PER_SECOND);
    }

    private long drain(long backlog, long healed) {
        long left = backlog;
        while (left > backlog * LEFT) {
            if (nanos.getAsLong() - healed > DRAIN_MILLIS_MAX * 1_000_000) {
                throw new IllegalStateException("after " + DRAIN_MILLIS_MAX / 1_000 + " s " + left + " of " + backlog
                        + " records are still pending");
            }
            rest(SAMPLE_MILLIS);
            left = pending();
        }
        return left;
    }

    private void cut(boolean isCut) {
        for (String link : new String[] {source + "/" + target, target + "/" + source}) {
            client.control("POST", "links/" + link + (isCut ? ":cut" : ":heal"), "{}");
        }
    }

    private long pending() {
        Matcher found =
                Pattern.compile(String.format(PENDING.pattern(), target)).matcher(client.control("GET", "world", ""));
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    private void rest(long millis) {
        long until = nanos.getAsLong() + millis * 1_000_000;
        while (nanos.getAsLong() < until) {
            breather.run();
        }
    }
}
