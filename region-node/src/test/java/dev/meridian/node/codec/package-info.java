/** What every form of bytes makes of bytes that are not its own. */
@NullMarked
package dev.meridian.node.codec;

import org.jspecify.annotations.NullMarked;
