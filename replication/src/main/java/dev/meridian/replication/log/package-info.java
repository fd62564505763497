/**
 * The change log: every write of a region, numbered in order within its partition, as bytes that travel and rows that stay.
 * Uses conflict-resolution and storage. Start with {@link dev.meridian.replication.log.ChangeRecord}.
 */
@NullMarked
package dev.meridian.replication.log;

import org.jspecify.annotations.NullMarked;
