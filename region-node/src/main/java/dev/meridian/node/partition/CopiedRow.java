package dev.meridian.node.partition;

import dev.meridian.replication.log.StampedImage;

/** An item row of another replica. */
public record CopiedRow(byte[] key, StampedImage image) {}
