/**
 * Rows of secondary indexes: which an item has, and what changes when the item does.
 * Start with {@link dev.meridian.table.index.IndexRows}.
 */
@NullMarked
package dev.meridian.table.index;

import org.jspecify.annotations.NullMarked;
