/**
 * Long runs under random faults. A soak is a drill that nobody wrote: {@link dev.meridian.chaos.soak.Soak} makes it from a seed.
 */
@NullMarked
package dev.meridian.chaos.soak;

import org.jspecify.annotations.NullMarked;
