/**
 * Whether what clients saw of an item can be explained by one order of their operations in which each takes place between
 * its beginning and its end. Knows nothing of Meridian. Start with {@link
 * dev.meridian.chaos.linearizability.Linearizability}.
 */
@NullMarked
package dev.meridian.chaos.linearizability;

import org.jspecify.annotations.NullMarked;
