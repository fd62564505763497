/** DynamoDB Streams: the API that reads them. Start with {@link dev.meridian.node.stream.StreamPlane}. */
@NullMarked
package dev.meridian.node.stream;

import org.jspecify.annotations.NullMarked;
