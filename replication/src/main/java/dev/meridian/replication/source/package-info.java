/**
 * The sending side: parks the pulls of followers and answers them with this region's changes.
 * Pure. Start with {@link dev.meridian.replication.source.LogSource}.
 */
@NullMarked
package dev.meridian.replication.source;

import org.jspecify.annotations.NullMarked;
