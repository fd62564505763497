package dev.meridian.chaos.fault;

/**
 * How a region's clock goes wrong.
 *
 * @param offsetMillis it is off by so much at the time it was set
 * @param driftPerMillion and gains so much more in a million
 * @param sinceMillis that time, by the right clock
 */
public record ClockFault(long offsetMillis, long driftPerMillion, long sinceMillis) {

    /** A clock that is right. */
    public static final ClockFault NONE = new ClockFault(0, 0, 0);

    private static final long MILLION = 1_000_000;

    /** By how much the clock is off when the right clock shows that. */
    public long offMillis(long nowMillis) {
        return offsetMillis + (nowMillis - sinceMillis) * driftPerMillion / MILLION;
    }

    /** Off by just so much from then on, with the drift it has. */
    public ClockFault withOffset(long newOffsetMillis, long nowMillis) {
        return of(newOffsetMillis, driftPerMillion, nowMillis);
    }

    /** Off as it is, and gaining so much from then on. */
    public ClockFault withDrift(long newDriftPerMillion, long nowMillis) {
        return of(offMillis(nowMillis), newDriftPerMillion, nowMillis);
    }

    /** Further off by so much from then on. */
    public ClockFault jumped(long byMillis, long nowMillis) {
        return of(offMillis(nowMillis) + byMillis, driftPerMillion, nowMillis);
    }

    private static ClockFault of(long offsetMillis, long driftPerMillion, long nowMillis) {
        return offsetMillis == 0 && driftPerMillion == 0
                ? NONE
                : new ClockFault(offsetMillis, driftPerMillion, nowMillis);
    }
}
