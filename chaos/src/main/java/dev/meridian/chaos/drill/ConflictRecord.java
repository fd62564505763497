package dev.meridian.chaos.drill;

import dev.meridian.chaos.drill.Sightings.Overwritten;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * All regions' conflict records of a table, from the newest to the oldest, a page at a time: of the conflicts only keys and numbers are
 * kept. Pages overlap in the millisecond where they meet, and a write that lost is counted once however often it is told.
 */
final class ConflictRecord {

    /** So many are asked of each region at once: their images are up to 800 KB each. */
    static final int PAGE = 1_000;

    private final Map<String, Set<Long>> losers = new HashMap<>();
    private List<Overwritten> newest = List.of();

    private ConflictRecord() {}

    /**
     * Reads to the end.
     *
     * @param pages what the regions tell, up to {@link #PAGE} each, of what was detected before a time
     */
    static ConflictRecord read(LongFunction<String> pages) {
        ConflictRecord record = new ConflictRecord();
        long before = Long.MAX_VALUE;
        while (before > 0) {
            String text = pages.apply(before);
            MeridianClient.losers(text)
                    .forEach((key, numbers) -> record.losers
                            .computeIfAbsent(key, none -> new HashSet<>())
                            .addAll(numbers));
            ConflictReader page = ConflictReader.read(text);
            if (record.newest.isEmpty()) {
                record.newest = page.found();
            }
            long next = page.olderThan(PAGE);
            if (next >= before) {
                throw new IllegalStateException("a region detected more than " + PAGE
                        + " conflicts in one millisecond; its record cannot be read to the end");
            }
            before = next;
        }
        return record;
    }

    /** Of each key, the numbers of the writes that lost. */
    Map<String, Set<Long>> losers() {
        return losers;
    }

    /** The newest, with their images. */
    List<Overwritten> newest() {
        return newest;
    }
}
