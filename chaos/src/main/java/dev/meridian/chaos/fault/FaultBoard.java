package dev.meridian.chaos.fault;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What is wrong at the moment. Thread-safe; wrappers look here at every message. */
public final class FaultBoard {

    /** A link from one region to another. */
    public record Direction(String from, String to) implements Comparable<Direction> {

        @Override
        public int compareTo(Direction other) {
            int byFrom = from.compareTo(other.from);
            return byFrom != 0 ? byFrom : to.compareTo(other.to);
        }
    }

    private final Map<Direction, LinkFault> baseline;
    private final Map<Direction, LinkFault> links = new ConcurrentHashMap<>();
    private final Map<String, Long> clockOffsets = new ConcurrentHashMap<>();

    /** {@code baseline} is how links are when nothing is wrong: their ordinary latency. */
    public FaultBoard(Map<Direction, LinkFault> baseline) {
        this.baseline = Map.copyOf(baseline);
    }

    public LinkFault link(String from, String to) {
        Direction direction = new Direction(from, to);
        LinkFault fault = links.get(direction);
        return fault != null ? fault : baseline.getOrDefault(direction, LinkFault.NONE);
    }

    /** From now on the link is like this. */
    public void setLink(String from, String to, LinkFault fault) {
        links.put(new Direction(from, to), fault);
    }

    /** The link is as it was at the start. */
    public void healLink(String from, String to) {
        links.remove(new Direction(from, to));
    }

    /** By how much a region's clock is off, in milliseconds. */
    public long clockOffsetMillis(String region) {
        return clockOffsets.getOrDefault(region, 0L);
    }

    /** From now on the region's clock is off by so much. */
    public void setClockOffsetMillis(String region, long offsetMillis) {
        if (offsetMillis == 0) {
            clockOffsets.remove(region);
        } else {
            clockOffsets.put(region, offsetMillis);
        }
    }

    /** From now on links and clocks are exactly like this; links not named are as they were at the start. */
    public void become(Map<Direction, LinkFault> newLinks, Map<String, Long> newClockOffsetsMillis) {
        links.keySet().retainAll(newLinks.keySet());
        links.putAll(newLinks);
        clockOffsets.keySet().retainAll(newClockOffsetsMillis.keySet());
        clockOffsets.putAll(newClockOffsetsMillis);
    }

    /** Undoes everything. */
    public void healAll() {
        links.clear();
        clockOffsets.clear();
    }

    /** The links that are not as they were at the start. */
    public Map<Direction, LinkFault> faultyLinks() {
        return new TreeMap<>(links);
    }

    /** The clocks that are off. */
    public Map<String, Long> skewedClocks() {
        return new TreeMap<>(clockOffsets);
    }
}
