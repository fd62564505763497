/**
 * The control plane of a region: operations on tables, and the news regions exchange of them.
 * Start with {@link dev.meridian.node.control.ControlPlane}.
 */
@NullMarked
package dev.meridian.node.control;

import org.jspecify.annotations.NullMarked;
