package dev.meridian.node;

import dev.meridian.replication.log.Conflict;
import dev.meridian.replication.log.StampedImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be seen of one running region from outside the data path. Thread-safe; every figure is of this moment and of
 * this region alone.
 */
public interface RegionInspection {

    /** The region's tables by name, with the number of live items (not tombstones), counted by a scan. */
    Map<String, Long> itemCounts();

    /** The stored image and stamp of an item by its key in DynamoDB JSON, for example {@code {"id":{"S":"1"}}}. */
    Optional<StampedImage> item(String table, String keyJson);

    /** Conflicts detected here, newest first. */
    List<Conflict> conflicts(int limit);

    /** How many conflicts this region has recorded since its store was made. */
    long conflictCount();

    /** For each table: the digest of all its items and stamps, equal in two regions exactly if they hold the same. */
    Map<String, String> digests();

    /** How this region follows each peer. */
    Map<String, FollowerFigures> followers();

    /** For each peer: how many of this region's own records that peer has not yet confirmed. */
    Map<String, Long> pendingTo();

    /**
     * How one peer is followed.
     *
     * @param phase what the follower is doing, for example {@code streaming} or {@code backing-off}
     * @param applied records applied since start
     * @param superseded records that lost to a newer version since start
     * @param duplicates records delivered again since start
     * @param lagMillisP50 median of write-to-apply over the last interval, in milliseconds; 0 where nothing arrived
     * @param lagMillisP99 99th percentile of the same
     * @param lagMillisMax maximum of the same
     */
    record FollowerFigures(
            String phase,
            long applied,
            long superseded,
            long duplicates,
            long lagMillisP50,
            long lagMillisP99,
            long lagMillisMax) {}
}
