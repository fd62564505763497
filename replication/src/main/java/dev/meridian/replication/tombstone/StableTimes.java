package dev.meridian.replication.tombstone;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds for each partition of a table the stable time: every member of the table has applied every member's writes up to then, and
 * nobody will ever write an earlier one. Found in passes, each with the standing of all members: what one pass marks in everybody's
 * log, a later one finds applied by everybody. A member that cannot be asked, or knows other members, holds everything up. One a
 * table and region; not thread-safe.
 */
public final class StableTimes {

    private Map<String, Long> members = Map.of();
    private List<@Nullable Map<String, Standing.Mark>> marks = new ArrayList<>();

    /**
     * One pass.
     *
     * @param standings of the members that have answered
     * @param partitions how many the table has
     * @return by partition the stable time that has been found; 0 where none has
     */
    public List<Long> pass(Map<String, Standing> standings, int partitions) {
        Map<String, Long> known = agreed(standings);
        if (known.isEmpty()) {
            return Collections.nCopies(partitions, 0L);
        }
        if (!known.equals(members)) {
            members = known;
            marks = new ArrayList<>(Collections.nCopies(partitions, (Map<String, Standing.Mark>) null));
        }
        List<Long> stable = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            Map<String, Standing.Mark> marked = marks.get(partition);
            boolean isReached = marked != null && isReached(standings, marked, partition);
            stable.add(
                    isReached
                            ? marked.values().stream()
                                    .mapToLong(Standing.Mark::timestamp)
                                    .min()
                                    .orElse(0)
                            : 0L);
            if (marked == null || isReached) {
                marks.set(partition, marksIn(standings, partition));
            }
        }
        return stable;
    }

    /** The members that all who answered agree on, if those are all of them; else none, and no mark counts any more. */
    private Map<String, Long> agreed(Map<String, Standing> standings) {
        Set<Map<String, Long>> opinions = new java.util.HashSet<>();
        standings.values().forEach(standing -> opinions.add(standing.members()));
        if (opinions.size() > 1) {
            members = Map.of();
        }
        Map<String, Long> one = opinions.size() == 1 ? opinions.iterator().next() : Map.of();
        return one.keySet().equals(standings.keySet()) ? Map.copyOf(one) : Map.of();
    }

    private static Map<String, Standing.Mark> marksIn(Map<String, Standing> standings, int partition) {
        Map<String, Standing.Mark> found = new HashMap<>();
        standings.forEach(
                (region, standing) -> found.put(region, standing.marks().get(partition)));
        return found;
    }

    private static boolean isReached(
            Map<String, Standing> standings, Map<String, Standing.Mark> marked, int partition) {
        for (Map.Entry<String, Standing> standing : standings.entrySet()) {
            Map<String, Long> checkpoints = standing.getValue().checkpoints().get(partition);
            for (Map.Entry<String, Standing.Mark> mark : marked.entrySet()) {
                boolean isOwn = mark.getKey().equals(standing.getKey());
                if (!isOwn
                        && checkpoints.getOrDefault(mark.getKey(), 0L)
                                < mark.getValue().sequence()) {
                    return false;
                }
            }
        }
        return true;
    }
}
