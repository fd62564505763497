/** Load on running regions, through their doors. Start with {@link dev.meridian.gatling.WriteAnyReadAny}. */
@NullMarked
package dev.meridian.gatling;

import org.jspecify.annotations.NullMarked;
