/** Breaks something now and then, for people's own soak tests. Start with {@link dev.meridian.chaos.monkey.MonkeyRun}. */
@NullMarked
package dev.meridian.chaos.monkey;

import org.jspecify.annotations.NullMarked;
