/**
 * JMH benchmarks of the pieces that every request or record passes, one class a piece. They call what runs in production, copy
 * nothing, and are run by {@code ./meridian bench micro}; what each means is told in {@code docs/performance.md}. Start with
 * {@link dev.meridian.benchmarks.Samples}, which they share.
 */
@NullMarked
package dev.meridian.benchmarks;

import org.jspecify.annotations.NullMarked;
