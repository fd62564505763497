/**
 * Drills in virtual time: the same file, load, faults and measures over simulated regions, as many seeds as wanted. Start with
 * {@link dev.meridian.chaos.virtual.VirtualRun}.
 */
@NullMarked
package dev.meridian.chaos.virtual;

import org.jspecify.annotations.NullMarked;
