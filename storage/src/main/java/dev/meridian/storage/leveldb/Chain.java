package dev.meridian.storage.leveldb;

import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.ReadOptions;

/**
 * The chain as it was found at open.
 *
 * @param tip the link that the next group continues
 * @param firstMissing the first group that isn't there, which is the one after the tip where there is no hole
 */
record Chain(ChainRow tip, long firstMissing, Verification verification) {

    /**
     * How many links are kept: more groups than LevelDB ever holds in its log. What has left the log lies in tables, whose
     * blocks carry checksums of their own.
     */
    static final int KEPT_LINKS = 32_768;

    /** A row that says with which group the chain may begin, since what lay before was damaged and has been repaired. */
    static final byte[] ANCHOR = {0x02};

    static byte[] anchor(long group) {
        return ByteBuffer.allocate(Long.BYTES).putLong(group).array();
    }

    /** What the chains of all databases of a store come to: they have the same links. */
    static Chain of(List<Chain> chains) {
        Chain longest = chains.stream()
                .max(Comparator.comparingLong(chain -> chain.tip().group()))
                .orElseThrow();
        long firstMissing = chains.stream().mapToLong(Chain::firstMissing).min().orElseThrow();
        List<String> findings = new ArrayList<>();
        for (Chain chain : chains) {
            if (chain.verification() instanceof Verification.Damaged damaged) {
                findings.add(damaged.finding());
            } else if (!chain.tip().equals(longest.tip())) {
                findings.add("the items and the logs end with different group commits: "
                        + chain.tip().group() + " and " + longest.tip().group());
            }
        }
        return findings.isEmpty()
                ? longest
                : new Chain(longest.tip(), firstMissing, new Verification.Damaged(String.join("; ", findings)));
    }

    /** Walks the links that are there, and compares the last with what had been acknowledged. */
    static Chain verify(DB database, long acknowledgedGroup) {
        List<String> findings = new ArrayList<>();
        ChainRow[] ends = {ChainRow.GENESIS, ChainRow.GENESIS};
        long[] firstMissing = {0};
        LevelDbScan.run(
                database,
                new ReadOptions().verifyChecksums(true),
                KeyRange.prefix(new byte[] {ChainRow.KIND}),
                Direction.ASCENDING,
                (key, value) -> {
                    ChainRow link = ChainRow.decode(key, value);
                    ChainRow before = ends[1];
                    if (before.group() == 0) {
                        ends[0] = link;
                    } else if (!link.follows(before)) {
                        firstMissing[0] = firstMissing[0] == 0 ? before.group() + 1 : firstMissing[0];
                        findings.add(gap(before, link));
                    }
                    ends[1] = link;
                    return true;
                });
        ChainRow start = ends[0];
        ChainRow end = ends[1];
        if (start.group() > 0 && !mayStart(start, end, anchor(database))) {
            firstMissing[0] = 1;
            findings.add(0, gap(ChainRow.GENESIS, start));
        }
        return of(end, firstMissing[0], findings, acknowledgedGroup);
    }

    /** What was found of a chain that ends so; {@code hole} is the first group that lacks between others, or 0. */
    static Chain of(ChainRow end, long hole, List<String> findings, long acknowledgedGroup) {
        List<String> all = new ArrayList<>(findings);
        if (end.group() < acknowledgedGroup) {
            all.add("group commits up to " + acknowledgedGroup + " were acknowledged, but the last one here is "
                    + end.group());
        }
        long missing = hole == 0 ? end.group() + 1 : hole;
        if (all.isEmpty()) {
            return new Chain(end, missing, new Verification.Intact(end.group()));
        }
        return new Chain(end, missing, new Verification.Damaged(String.join("; ", all)));
    }

    private static long anchor(DB database) {
        byte[] row = database.get(ANCHOR);
        return row == null ? 0 : ByteBuffer.wrap(row).getLong();
    }

    /** The links before the first were never there, or were taken away by the last, or by a repair. */
    private static boolean mayStart(ChainRow first, ChainRow last, long anchor) {
        return first.follows(ChainRow.GENESIS)
                || first.group() == anchor
                || (first.group() > 1 && first.group() <= last.group() - KEPT_LINKS + 1);
    }

    static String gap(ChainRow before, ChainRow link) {
        return "group commit " + link.group() + " does not follow " + before.group();
    }
}
