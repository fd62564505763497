package dev.meridian.chaos.simulator;

import dev.meridian.replication.link.Links;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a region needs to agree with others on the items of a strongly consistent table.
 *
 * @param acceptors the three regions that decide
 * @param links to the others
 */
public record Agreeing(List<String> acceptors, Links links, RandomGenerator random) {}
