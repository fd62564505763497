/**
 * Several regions in one thread, under virtual time and a seed: the real partition, log, source, follower and conflict
 * code over a simulated network and disk. Start with {@link dev.meridian.chaos.simulator.Simulation}.
 */
@NullMarked
package dev.meridian.chaos.simulator;

import org.jspecify.annotations.NullMarked;
