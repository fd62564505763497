package dev.meridian.node.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.meridian.node.codec.GarbledBytes;
import dev.meridian.node.session.SessionToken.Log;
import dev.meridian.replication.log.MalformedBytesException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionTokenTest {

    private static final Log US = new Log("cart", "us-east-1", 3);
    private static final Log EU = new Log("cart", "eu-west-1", 0);

    @Test
    void isReadAsItWasWritten() {
        SessionToken token = new SessionToken(Map.of(US, 7L, EU, 1L << 40, new Log("other", "us-east-1", 1), 1L));
        assertThat(SessionToken.decode(token.encode())).isEqualTo(token);
        assertThat(token.encode()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void comesTogetherByTheGreaterSequence() {
        SessionToken token = SessionToken.EMPTY.with(Map.of(US, 7L)).with(Map.of(US, 5L, EU, 2L));
        assertThat(token.positions()).isEqualTo(Map.of(US, 7L, EU, 2L));
    }

    @Test
    void refusesGarbledTokens() {
        GarbledBytes.areRefused(
                new SessionToken(Map.of(US, 7L, EU, 1L << 40)).encode().getBytes(StandardCharsets.ISO_8859_1),
                text -> SessionToken.decode(new String(text, StandardCharsets.ISO_8859_1)),
                MalformedBytesException.class);
    }

    @Test
    void refusesWhatIsNone() {
        String token = new SessionToken(Map.of(US, 7L)).encode();
        for (String foreign : List.of("?", "AA", "zzzz", token + "AAAA", token.substring(0, token.length() - 4))) {
            assertThatExceptionOfType(MalformedBytesException.class)
                    .as(foreign)
                    .isThrownBy(() -> SessionToken.decode(foreign));
        }
    }
}
