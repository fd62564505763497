/**
 * The faults a drill file may name, one a file: how it is read, begun, undone and told. {@link
 * dev.meridian.chaos.drill.fault.FaultKinds} lists them.
 */
@NullMarked
package dev.meridian.chaos.drill.fault;

import org.jspecify.annotations.NullMarked;
