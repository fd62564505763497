/**
 * The receiving side: pulls a peer's changes, puts them in order and hands them on.
 * Pure. Start with {@link dev.meridian.replication.follower.Follower}.
 */
@NullMarked
package dev.meridian.replication.follower;

import org.jspecify.annotations.NullMarked;
