/**
 * One partition of one table: the unit of order. Decides local writes and reconciles arriving ones.
 * {@link dev.meridian.node.partition.PartitionCore} is pure and runs in the simulator unchanged;
 * {@link dev.meridian.node.partition.PartitionActor} is its shell.
 */
@NullMarked
package dev.meridian.node.partition;

import org.jspecify.annotations.NullMarked;
