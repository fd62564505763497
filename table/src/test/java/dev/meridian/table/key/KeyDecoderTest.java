package dev.meridian.table.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.meridian.table.Values;
import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Binary;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyDecoderTest {

    @Test
    void readsBackWhatTheEncoderWrote() {
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(5)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[random.nextInt(bytes.length)] = 0;
            }
            AttributeValue text = new AttributeValue.S(Values.text(random) + "\0");
            AttributeValue binary = new AttributeValue.B(new Binary(bytes));
            BigDecimal value = random.nextInt(20) == 0 ? BigDecimal.ZERO : Values.number(random);
            ItemKey key = KeyEncoder.itemKey(List.of(text), List.of(binary, new AttributeValue.N(value)));
            List<AttributeValue> read = KeyDecoder.itemKey(key.bytes(), List.of("S", "B", "N"));
            assertThat(read.subList(0, 2)).containsExactly(text, binary);
            assertThat(((AttributeValue.N) read.get(2)).value()).isEqualByComparingTo(value);
        }
    }

    @Test
    void refusesWhatIsNoSuchKey() {
        byte[] key = KeyEncoder.itemKey(List.of(Values.s("a")), List.of()).bytes();
        assertThatIllegalArgumentException().isThrownBy(() -> KeyDecoder.itemKey(key, List.of("S", "S")));
        assertThatIllegalArgumentException().isThrownBy(() -> KeyDecoder.itemKey(key, List.of()));
    }
}
