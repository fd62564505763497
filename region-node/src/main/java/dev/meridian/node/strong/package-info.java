/**
 * Strongly consistent tables in a running region: what it has promised and accepted lies in its store, writes and strong reads
 * are carried through with the other regions over the links, and what was agreed on is written by the partitions like any
 * change. The decisions are {@link dev.meridian.replication.consensus}'s. Start with {@link
 * dev.meridian.node.strong.StrongTables}.
 */
@NullMarked
package dev.meridian.node.strong;

import org.jspecify.annotations.NullMarked;
