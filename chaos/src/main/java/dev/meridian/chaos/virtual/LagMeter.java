package dev.meridian.chaos.virtual;

import dev.meridian.chaos.drill.Measures.Lag;
import dev.meridian.conflict.Version;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** How long acknowledged writes take to be durable in each other region. */
final class LagMeter {

    private static final long LAG_MILLIS_MAX = 86_400_000;

    private static final class UnderWay {
        private final long sinceMillis;
        private int missing;

        UnderWay(long sinceMillis, int missing) {
            this.sinceMillis = sinceMillis;
            this.missing = missing;
        }
    }

    /** A write in the log of a region, which is not always the one that made it. */
    private record Logged(String origin, Version version) {}

    private final int others;
    private final Map<Logged, UnderWay> underWay = new LinkedHashMap<>();
    private final Map<String, Histogram> directions = new HashMap<>();

    LagMeter(int regions) {
        this.others = regions - 1;
    }

    void acknowledged(String origin, Version version, long nowMillis) {
        underWay.put(new Logged(origin, version), new UnderWay(nowMillis, others));
    }

    void applied(String origin, Version version, String region, long nowMillis) {
        Logged logged = new Logged(origin, version);
        UnderWay write = underWay.get(logged);
        if (write == null) {
            return;
        }
        directions
                .computeIfAbsent(origin + ">" + region, none -> new Histogram(LAG_MILLIS_MAX, 2))
                .recordValue(Math.min(LAG_MILLIS_MAX, nowMillis - write.sinceMillis));
        if (--write.missing == 0) {
            underWay.remove(logged);
        }
    }

    /** How long the oldest write that is not everywhere yet has been under way. */
    long oldestMillis(long nowMillis) {
        Iterator<UnderWay> oldest = underWay.values().iterator();
        return oldest.hasNext() ? nowMillis - oldest.next().sinceMillis : 0;
    }

    /** Of the direction where it is worst. */
    Lag worst() {
        Lag worst = Lag.NONE;
        for (Histogram lag : directions.values()) {
            worst = worst.orWorse(
                    new Lag(lag.getValueAtPercentile(50), lag.getValueAtPercentile(99), lag.getMaxValue()));
        }
        return worst;
    }
}
