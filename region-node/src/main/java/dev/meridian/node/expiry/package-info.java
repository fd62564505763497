/** Time to live: items that expire are found and deleted. Start with {@link dev.meridian.node.expiry.ExpirySweep}. */
@NullMarked
package dev.meridian.node.expiry;

import org.jspecify.annotations.NullMarked;
