/**
 * The HTTP door of a region, the front door of all regions, and the HTTP side of links between regions. Vert.x core.
 * Start with {@link dev.meridian.node.http.RegionDoor}.
 */
@NullMarked
package dev.meridian.node.http;

import org.jspecify.annotations.NullMarked;
