@NullMarked
package dev.meridian.replication.digest;

import org.jspecify.annotations.NullMarked;
