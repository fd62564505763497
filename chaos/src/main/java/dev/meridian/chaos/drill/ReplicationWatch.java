package dev.meridian.chaos.drill;

import dev.meridian.chaos.drill.Sightings.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Looks again and again at how replication of a drill's table stands. Has a thread of its own while it looks. */
final class ReplicationWatch {

    private static final double EVERY_MILLIS = 250;

    private final MeridianClient client;
    private final Pattern pending;
    private final DoubleSupplier millis;
    private final Runnable breather;
    private final List<Sample> samples = new ArrayList<>();
    private final Thread thread = new Thread(this::look, "drill-watch");
    private volatile boolean isOver;

    /** {@code millis}: since the load began. */
    ReplicationWatch(MeridianClient client, String table, DoubleSupplier millis, Runnable breather) {
        this.client = client;
        this.pending = Pattern.compile("\"TableName\":\"" + Pattern.quote(table)
                + "\",[^{}]*\"PendingReplicationCount\":([0-9]+),\"pendingAgeMillis\":([0-9]+)");
        this.millis = millis;
        this.breather = breather;
    }

    void start() {
        thread.start();
    }

    private void look() {
        double due = 0;
        while (!isOver) {
            if (millis.getAsDouble() < due) {
                breather.run();
                continue;
            }
            due = millis.getAsDouble() + EVERY_MILLIS;
            try {
                add(millis.getAsDouble(), client.control("GET", "replication", ""));
            } catch (RuntimeException unanswered) {
                // A look that fails is a gap in the chart, and no more.
            }
        }
    }

    private synchronized void add(double atMillis, String answer) {
        samples.add(sample(atMillis, answer));
    }

    private Sample sample(double atMillis, String answer) {
        long lag = 0;
        long backlog = 0;
        for (MatchResult pair : pending.matcher(answer).results().toList()) {
            backlog = Math.max(backlog, Long.parseLong(pair.group(1)));
            lag = Math.max(lag, Long.parseLong(pair.group(2)));
        }
        return new Sample(atMillis, lag, backlog);
    }

    /** Looks no more, and tells what was seen. */
    List<Sample> stop() {
        isOver = true;
        synchronized (this) {
            return List.copyOf(samples);
        }
    }
}
