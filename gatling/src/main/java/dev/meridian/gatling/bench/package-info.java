/**
 * Speed of Meridian beside the other emulators and beside two ceilings, a bare Vert.x echo and LevelDB alone, in one run;
 * and how it grows with the work. Every server is a process of its own; the client is the same for all. Start with
 * {@link dev.meridian.gatling.bench.Bench}.
 */
@NullMarked
package dev.meridian.gatling.bench;

import org.jspecify.annotations.NullMarked;
