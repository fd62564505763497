package dev.meridian.storage.leveldb;

import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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

    /** Walks the links that are there, and compares the last with what had been acknowledged. */
    static Chain verify(DB database, long acknowledgedGroup) {
        List<String> findings = new ArrayList<>();
        ChainRow[] tip = {ChainRow.GENESIS};
        long[] firstMissing = {0};
        boolean[] first = {true};
        byte[] anchorRow = database.get(ANCHOR);
        long anchor = anchorRow == null ? 0 : ByteBuffer.wrap(anchorRow).getLong();
        LevelDbScan.run(
                database,
                new ReadOptions().verifyChecksums(true),
                KeyRange.prefix(new byte[] {ChainRow.KIND}),
                Direction.ASCENDING,
                (key, value) -> {
                    ChainRow link = ChainRow.decode(key, value);
                    boolean mayStart = first[0] && (link.group() > KEPT_LINKS || link.group() == anchor);
                    if (!link.follows(tip[0]) && !mayStart) {
                        firstMissing[0] = firstMissing[0] == 0 ? tip[0].group() + 1 : firstMissing[0];
                        findings.add("group commit " + link.group() + " does not follow " + tip[0].group());
                    }
                    first[0] = false;
                    tip[0] = link;
                    return true;
                });
        if (tip[0].group() < acknowledgedGroup) {
            findings.add("group commits up to " + acknowledgedGroup + " were acknowledged, but the last one here is "
                    + tip[0].group());
        }
        ChainRow end = tip[0];
        long missing = firstMissing[0] == 0 ? end.group() + 1 : firstMissing[0];
        if (findings.isEmpty()) {
            return new Chain(end, missing, new Verification.Intact(end.group()));
        }
        return new Chain(end, missing, new Verification.Damaged(String.join("; ", findings)));
    }
}
