/**
 * Keys as order-preserving bytes: numbers sort as numbers, strings as UTF-8, partition keys by their hash first.
 * Uses table.value. Start with {@link dev.meridian.table.key.ItemKey}.
 */
@NullMarked
package dev.meridian.table.key;

import org.jspecify.annotations.NullMarked;
