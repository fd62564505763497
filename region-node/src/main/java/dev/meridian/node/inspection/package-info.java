/**
 * What can be seen of one running region beside the DynamoDB API: items with their stamps, conflicts, digests, lag.
 * Start with {@link dev.meridian.node.inspection.RegionInspection}.
 */
@NullMarked
package dev.meridian.node.inspection;

import org.jspecify.annotations.NullMarked;
