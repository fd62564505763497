/**
 * Who is where: the regions of a run and the addresses of their doors. Never asked whether a write may proceed.
 * Start with {@link dev.meridian.node.cluster.RegionDirectory}.
 */
@NullMarked
package dev.meridian.node.cluster;

import org.jspecify.annotations.NullMarked;
