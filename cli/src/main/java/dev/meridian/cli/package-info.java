/**
 * The meridian command: one class a command, exit codes 0, 1, 2, 64, 69 and 70.
 * Start with Meridian.
 */
@NullMarked
package dev.meridian.cli;

import org.jspecify.annotations.NullMarked;
