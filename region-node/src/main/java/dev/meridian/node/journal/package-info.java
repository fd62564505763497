/**
 * A Pekko Persistence journal on the region's own store: events are as durable as items, by the same group commit.
 * Start with {@link dev.meridian.node.journal.StoreJournal}.
 */
@NullMarked
package dev.meridian.node.journal;

import org.jspecify.annotations.NullMarked;
