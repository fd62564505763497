package dev.meridian.chaos.drill;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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
    private static final long DRAIN_SECONDS_MAX = 600;
    /** So little of the backlog is left when it counts as drained. */
    private static final double LEFT = 0.02;

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

    private final MeasureSetting setting;
    private final Pattern pending;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();

    public CatchUpRun(MeasureSetting setting) {
        this.setting = setting;
        this.pending = Pattern.compile(
                "\"pendingTo\"\\s*:\\s*\\{[^}]*\"" + Pattern.quote(setting.target) + "\"\\s*:\\s*(\\d+)");
    }

    /** Runs it with so many writers; throws {@link IllegalStateException} where the backlog does not drain. */
    public Outcome run(int writers, long cutMillis, int itemBytes) {
        setting.table(TABLE).create(setting.source, List.of(setting.target));
        HttpDoor door = HttpDoor.to(setting.client, TABLE, itemBytes);
        for (int writer = 0; writer < writers; writer++) {
            write(door);
        }
        try {
            setting.rest(WARM_MILLIS);
            double before = rate(WARM_MILLIS);
            setting.tell("%.0f writes a second; cutting the link for %d s", before, cutMillis / 1_000);
            long behind = pending();
            cut(true);
            double during = rate(cutMillis);
            long backlog = pending();
            double grew = (backlog - behind) * 1_000.0 / cutMillis;
            setting.tell("backlog %d records; healing the link", backlog);
            long writtenBefore = written.get();
            long healed = setting.nanos.getAsLong();
            cut(false);
            long left = drain(backlog, healed);
            double seconds = setting.secondsSince(healed);
            double after = (written.get() - writtenBefore) / seconds;
            double drained = (backlog - left) / seconds;
            return new Outcome(new double[] {before, during, after}, backlog, grew, drained, drained + after, seconds);
        } finally {
            over.set(true);
        }
    }

    private void write(HttpDoor door) {
        long number = numbers.incrementAndGet();
        door.put(setting.source, "k" + number, number).thenAccept(answer -> {
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
        long began = setting.nanos.getAsLong();
        setting.rest(millis);
        return (written.get() - before) / setting.secondsSince(began);
    }

    private long drain(long backlog, long healed) {
        long left = backlog;
        while (left > backlog * LEFT) {
            if (setting.secondsSince(healed) > DRAIN_SECONDS_MAX) {
                throw new IllegalStateException(
                        "after " + DRAIN_SECONDS_MAX + " s " + left + " of " + backlog + " records are still pending");
            }
            setting.rest(SAMPLE_MILLIS);
            left = pending();
        }
        return left;
    }

    private void cut(boolean isCut) {
        for (String link : List.of(setting.source + "/" + setting.target, setting.target + "/" + setting.source)) {
            setting.client.control("POST", "links/" + link + (isCut ? ":cut" : ":heal"), "{}");
        }
    }

    private long pending() {
        Matcher found = pending.matcher(setting.client.control("GET", "world", ""));
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
