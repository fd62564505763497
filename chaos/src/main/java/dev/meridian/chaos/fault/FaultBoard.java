package dev.meridian.chaos.fault;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    private final Map<String, RegionFault> regions = new ConcurrentHashMap<>();
    private final Set<String> draining = ConcurrentHashMap.newKeySet();
    private volatile List<DoorRule> doorRules = List.of();

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

    /** What is wrong with a region. */
    public RegionFault region(String region) {
        return regions.getOrDefault(region, RegionFault.NONE);
    }

    /** From now on the region is like this. */
    public void setRegion(String region, RegionFault fault) {
        if (fault.equals(RegionFault.NONE)) {
            regions.remove(region);
        } else {
            regions.put(region, fault);
        }
    }

    /** Whether a region is to get nothing new from who may choose. */
    public boolean isDraining(String region) {
        return draining.contains(region);
    }

    /** From now on the region is drained, or is not. */
    public void setDraining(String region, boolean drains) {
        if (drains) {
            draining.add(region);
        } else {
            draining.remove(region);
        }
    }

    /** What doors do to requests; the first rule that fits decides. */
    public List<DoorRule> doorRules() {
        return doorRules;
    }

    /** From now on doors follow these. */
    public void setDoorRules(List<DoorRule> rules) {
        doorRules = List.copyOf(rules);
    }

    /** From now on everything is exactly like this; links not named are as they were at the start. */
    public void become(
            Map<Direction, LinkFault> newLinks, Map<String, RegionFault> newRegions, List<DoorRule> newDoorRules) {
        links.keySet().retainAll(newLinks.keySet());
        links.putAll(newLinks);
        regions.keySet().retainAll(newRegions.keySet());
        regions.putAll(newRegions);
        setDoorRules(newDoorRules);
    }

    /** Undoes everything. */
    public void healAll() {
        links.clear();
        regions.clear();
        draining.clear();
        doorRules = List.of();
    }

    /** The links that are not as they were at the start. */
    public Map<Direction, LinkFault> faultyLinks() {
        return new TreeMap<>(links);
    }

    /** The regions that are not as they should be. */
    public Map<String, RegionFault> faultyRegions() {
        return new TreeMap<>(regions);
    }

    /** The regions that are drained. */
    public Set<String> draining() {
        return new TreeSet<>(draining);
    }
}
