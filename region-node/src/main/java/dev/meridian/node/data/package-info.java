/**
 * The data operations of a region: from a planned request to its answer, through partitions for writes and straight from
 * the store for reads. Start with {@link dev.meridian.node.data.DataPlane}.
 */
@NullMarked
package dev.meridian.node.data;

import org.jspecify.annotations.NullMarked;
