/**
 * Attribute values and items: the ten types, their equality, order and size, and the item's bytes on disk.
 * Uses the JDK only. Start with {@link dev.meridian.table.value.AttributeValue}.
 */
@NullMarked
package dev.meridian.table.value;

import org.jspecify.annotations.NullMarked;
