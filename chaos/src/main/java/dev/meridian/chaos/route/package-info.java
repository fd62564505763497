/**
 * Which region a front door sends a request to: policies, health by thresholds, and the delay with which clients hear of a change.
 * The decisions are plain classes, {@link dev.meridian.chaos.route.RegionRouting} and {@link
 * dev.meridian.chaos.route.HealthChecks} the shells. Start with {@link dev.meridian.chaos.route.RegionChoice}.
 */
@NullMarked
package dev.meridian.chaos.route;

import org.jspecify.annotations.NullMarked;
