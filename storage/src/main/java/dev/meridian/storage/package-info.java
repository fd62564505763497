/**
 * The ordered store: where the bytes of one region live.
 * A store is a sorted map of byte strings with point reads, range reads, snapshots and atomic batches
 * that are durable before they are acknowledged. Uses the JDK only; bindings live in sub-packages.
 * Start with {@link dev.meridian.storage.OrderedStore}.
 */
@NullMarked
package dev.meridian.storage;

import org.jspecify.annotations.NullMarked;
