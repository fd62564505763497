/**
 * Replication of a region, running: the actors around the pure source and followers, copying of tables, and the news of
 * the catalogue. Start with {@link dev.meridian.node.replication.Replication}.
 */
@NullMarked
package dev.meridian.node.replication;

import org.jspecify.annotations.NullMarked;
