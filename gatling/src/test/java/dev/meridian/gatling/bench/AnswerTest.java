package dev.meridian.gatling.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerTest {

    private static final String OF_KNOWN_LENGTH = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nServer: x\r\n\r\n{  }";
    private static final String IN_CHUNKS =
            "HTTP/1.1 400 Bad Request\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\nA\r\n  \r\n     }\r\n0\r\n\r\n";

    @Test
    void isReadByItsLength() {
        assertThat(parse(OF_KNOWN_LENGTH)).contains(new Answer(200, "{  }"));
    }

    @Test
    void isReadByItsChunks() {
        assertThat(parse(IN_CHUNKS)).contains(new Answer(400, "{  \r\n     }"));
    }

    @Test
    void isNotThereBeforeItsLastByte() {
        for (String whole : new String[] {OF_KNOWN_LENGTH, IN_CHUNKS}) {
            for (int length = 0; length < whole.length(); length++) {
                assertThat(parse(whole.substring(0, length)))
                        .as("%d bytes of %s", length, whole)
                        .isEmpty();
            }
        }
    }

    @Test
    void mayHaveNoBody() {
        assertThat(parse("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")).contains(new Answer(200, ""));
    }

    private static Optional<Answer> parse(String text) {
        byte[] bytes = (text + "left over").getBytes(StandardCharsets.US_ASCII);
        return Answer.parse(bytes, text.length());
    }
}
