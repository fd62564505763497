/** Load on running regions, through their doors: one simulation a question, to be run against any regions. */
@NullMarked
package dev.meridian.gatling;

import org.jspecify.annotations.NullMarked;
