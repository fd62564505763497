/**
 * The control API of a world under {@code /_meridian/v1}: what the command line and tests use to look and to break.
 * Start with {@link dev.meridian.chaos.control.ControlResource}.
 */
@NullMarked
package dev.meridian.chaos.control;

import org.jspecify.annotations.NullMarked;
