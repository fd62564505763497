@NullMarked
package dev.meridian.replication.follower;

import org.jspecify.annotations.NullMarked;
