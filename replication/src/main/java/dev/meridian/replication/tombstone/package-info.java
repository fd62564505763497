/**
 * When a tombstone may go: once nothing older than it can come from anywhere.
 * Pure. Start with {@link dev.meridian.replication.tombstone.StableTimes}.
 */
@NullMarked
package dev.meridian.replication.tombstone;

import org.jspecify.annotations.NullMarked;
