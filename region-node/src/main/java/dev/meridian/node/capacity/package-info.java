/** Keeps tables to the throughput they have. */
@NullMarked
package dev.meridian.node.capacity;

import org.jspecify.annotations.NullMarked;
