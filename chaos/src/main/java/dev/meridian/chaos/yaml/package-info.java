/** YAML that knows its lines, so that a mistake in a file is told with its place and its mending. */
@NullMarked
package dev.meridian.chaos.yaml;

import org.jspecify.annotations.NullMarked;
