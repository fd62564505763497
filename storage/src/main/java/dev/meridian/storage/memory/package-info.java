/**
 * The in-memory twin of the store: for regions that keep nothing, for tests, and for the simulator, where it can crash.
 * Start with {@link dev.meridian.storage.memory.MemoryStore}.
 */
@NullMarked
package dev.meridian.storage.memory;

import org.jspecify.annotations.NullMarked;
