/**
 * The DynamoDB API as clients meet it: one class per operation, through the AWS SDK or raw HTTP. {@code -Dtarget=URL} points
 * the tests at any other implementation. Start with {@link dev.meridian.node.wire.WireTarget}.
 */
@NullMarked
package dev.meridian.node.wire;

import org.jspecify.annotations.NullMarked;
