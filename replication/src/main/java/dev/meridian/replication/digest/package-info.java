/** Digests of tables by ranges of keys, so that replicas find where they differ without sending what they hold. */
@NullMarked
package dev.meridian.replication.digest;

import org.jspecify.annotations.NullMarked;
