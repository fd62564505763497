/** What the JDK's completion stages leave to everybody who uses them. */
@NullMarked
package dev.meridian.node.stage;

import org.jspecify.annotations.NullMarked;
