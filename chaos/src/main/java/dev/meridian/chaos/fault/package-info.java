/**
 * Faults: small records of what is wrong, and the wrappers of ports that make it so.
 * What is active stands on the {@link dev.meridian.chaos.fault.FaultBoard}.
 */
@NullMarked
package dev.meridian.chaos.fault;

import org.jspecify.annotations.NullMarked;
