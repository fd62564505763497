/**
 * One region, running: the HTTP door, partitions, catalogue, replication and cluster put together.
 * Takes clock, randomness, links and stores from its ports; knows nothing of chaos. Start with RegionNode.
 */
@NullMarked
package dev.meridian.node;

import org.jspecify.annotations.NullMarked;
