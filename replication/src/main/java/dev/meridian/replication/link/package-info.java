/**
 * The only way from one region to another, and what is said over it.
 * Start with {@link dev.meridian.replication.link.Link}.
 */
@NullMarked
package dev.meridian.replication.link;

import org.jspecify.annotations.NullMarked;
