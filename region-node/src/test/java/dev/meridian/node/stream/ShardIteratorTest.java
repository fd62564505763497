package dev.meridian.node.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.codec.GarbledBytes;
import dev.meridian.table.model.ServiceException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ShardIteratorTest {

    private static final ShardIterator ITERATOR =
            new ShardIterator("arn:aws:dynamodb:us-east-1:000000000000:table/cart/stream/x", 3, 5, 1L << 40, 12);

    @Test
    void isReadAsItWasWritten() {
        assertThat(ShardIterator.decode(ITERATOR.encode())).isEqualTo(ITERATOR);
    }

    @Test
    void refusesGarbledTexts() {
        GarbledBytes.areRefused(
                ITERATOR.encode().getBytes(StandardCharsets.ISO_8859_1),
                text -> ShardIterator.decode(new String(text, StandardCharsets.ISO_8859_1)),
                ServiceException.class);
    }
}
