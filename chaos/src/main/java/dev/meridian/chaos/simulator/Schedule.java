package dev.meridian.chaos.simulator;

import java.util.PriorityQueue;

/** Virtual time: what happens when, in one order for one seed. */
public final class Schedule {

    private record Event(long atMillis, long number, Runnable action) implements Comparable<Event> {

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nowMillis;
    private long scheduled;

    public long nowMillis() {
        return nowMillis;
    }

    /** Runs the action at that time; those of one time run in the order they were given. */
    public void after(long delayMillis, Runnable action) {
        events.add(new Event(nowMillis + Math.max(0, delayMillis), scheduled++, action));
    }

    /** Runs the next event, if it is due by then; time moves to it. */
    public boolean step(long untilMillis) {
        Event next = events.peek();
        if (next == null || next.atMillis() > untilMillis) {
            nowMillis = untilMillis;
            return false;
        }
        events.remove();
        nowMillis = next.atMillis();
        next.action().run();
        return true;
    }

    /** Runs all that is due by then; time moves there. */
    public void passUntil(long untilMillis) {
        boolean more = true;
        while (more) {
            more = step(untilMillis);
        }
    }
}
