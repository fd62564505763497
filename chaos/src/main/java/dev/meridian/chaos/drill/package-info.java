/** Drills: a load, faults on a timeline, and what must hold, told in a file. Start with {@link dev.meridian.chaos.drill.DrillRun}. */
@NullMarked
package dev.meridian.chaos.drill;

import org.jspecify.annotations.NullMarked;
