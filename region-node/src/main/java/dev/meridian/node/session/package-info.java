/**
 * Read-your-writes across regions, for who asks for it: tokens that say how far which logs had come, and regions that wait
 * until they are as far. Start with {@link dev.meridian.node.session.SessionToken}.
 */
@NullMarked
package dev.meridian.node.session;

import org.jspecify.annotations.NullMarked;
