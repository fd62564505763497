@NullMarked
package dev.meridian.node.replication;

import org.jspecify.annotations.NullMarked;
