/**
 * A world: several regions that run and can be broken, in this process or one process each.
 * Start with {@link dev.meridian.chaos.world.World}.
 */
@NullMarked
package dev.meridian.chaos.world;

import org.jspecify.annotations.NullMarked;
