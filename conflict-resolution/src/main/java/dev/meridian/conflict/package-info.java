/**
 * Which write wins, and what was lost.
 * Versions, the hybrid logical clock, version vectors and the policies that decide between two writes to one item.
 * Pure: uses the JDK only, takes time as an argument. Start with {@link dev.meridian.conflict.ConflictPolicy}.
 */
@NullMarked
package dev.meridian.conflict;

import org.jspecify.annotations.NullMarked;
