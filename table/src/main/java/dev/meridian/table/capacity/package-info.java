/** Capacity units: what operations cost, and what says whether a table can still afford them. */
@NullMarked
package dev.meridian.table.capacity;

import org.jspecify.annotations.NullMarked;
