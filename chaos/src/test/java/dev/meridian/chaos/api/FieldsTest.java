package dev.meridian.chaos.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

    private static Fields parse(String json) throws IOException {
        return Fields.parse(Buffer.buffer(json));
    }

    @Test
    void readsStringsNumbersAndFlags() throws IOException {
        Fields fields = parse("{\"policy\":\"nearest\",\"millis\":\"20\",\"count\":3,\"share\":0.5,\"full\":true}");

        assertThat(fields.text("policy", "")).isEqualTo("nearest");
        assertThat(fields.number("millis", 0)).isEqualTo(20);
        assertThat(fields.number("count", 0)).isEqualTo(3);
        assertThat(fields.decimal("share", 0)).isEqualTo(0.5);
        assertThat(fields.flag("full", false)).isTrue();
    }

    @Test
    void whatIsLeftOutStaysAsItIs() throws IOException {
        Fields fields = parse("{}");

        assertThat(fields.isEmpty()).isTrue();
        assertThat(fields.number("millis", 7)).isEqualTo(7);
        assertThat(fields.flag("full", true)).isTrue();
        assertThat(fields.text("policy", "home")).isEqualTo("home");
    }

    @Test
    void noBodyHasNoFieldsWhereItMayBeLeftOut() throws IOException {
        assertThat(Fields.parseOptional(Buffer.buffer())).isEqualTo(Fields.NONE);
        assertThatThrownBy(() -> parse("")).isInstanceOf(IOException.class).hasMessage("a JSON object is expected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[]", "{\"a\":{}}", "{\"a\":[1]}", "{\"a\":null}", "{\"a\":1} {}", "{\"a\":1", "{\"a\"", "{a:1}"
            })
    void refusesWhatIsNotOneFlatObject(String json) {
        assertThatThrownBy(() -> parse(json)).isInstanceOf(IOException.class);
    }

    @Test
    void namesTheFieldOfAWrongKind() throws IOException {
        Fields fields = parse("{\"millis\":\"soon\",\"share\":\"half\",\"full\":\"yes\"}");

        assertThatThrownBy(() -> fields.number("millis", 0)).hasMessage("millis is a whole number, not 'soon'");
        assertThatThrownBy(() -> fields.decimal("share", 0)).hasMessage("share is a number, not 'half'");
        assertThatThrownBy(() -> fields.flag("full", false)).hasMessage("full is true or false, not 'yes'");
    }
}
