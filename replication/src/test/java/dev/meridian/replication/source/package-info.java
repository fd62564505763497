@NullMarked
package dev.meridian.replication.source;

import org.jspecify.annotations.NullMarked;
