package dev.meridian.replication.log;

import dev.meridian.conflict.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * One write to one item, as it travels between regions.
 *
 * @param sequence the record's number among its origin's records of the partition: 1, 2, 3 without gaps
 * @param key the item's key bytes, the same in every region
 * @param stamp the write's version and what it knew; the version's region is the record's origin
 * @param image the whole new item, encoded, or null for a delete
 */
public record ChangeRecord(long sequence, byte[] key, Stamp stamp, byte @Nullable [] image) {}
