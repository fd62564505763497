/**
 * Requests that nobody means: samples of every operation, broken by seeded chance, sent to a region. Each must get an answer
 * that is not an internal error, and what is refused must change nothing. Start with {@link
 * dev.meridian.node.fuzz.FuzzTest}.
 */
@NullMarked
package dev.meridian.node.fuzz;

import org.jspecify.annotations.NullMarked;
