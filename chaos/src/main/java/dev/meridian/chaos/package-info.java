/**
 * What can break and what must still hold.
 * Faults wrap a port or kill a process. Start with the sub-packages.
 */
@NullMarked
package dev.meridian.chaos;

import org.jspecify.annotations.NullMarked;
