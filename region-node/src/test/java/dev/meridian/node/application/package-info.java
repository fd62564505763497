/**
 * Small applications of other SDKs than the plain Java one, unmodified: each uses every feature there is, and ends with an
 * error where something is not as it is with the service.
 */
@NullMarked
package dev.meridian.node.application;

import org.jspecify.annotations.NullMarked;
