package dev.meridian.node.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.wire.RawHttp;
import dev.meridian.node.wire.WireTarget;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests broken by chance: none may hang or fail inside, and what is refused changes nothing. {@code -Dfuzz=N} tries N of
 * them, {@code -Dfuzz.seed=S} begins with another.
 */
class FuzzTest {

    private static final Logger LOG = LoggerFactory.getLogger(FuzzTest.class);
    private static final int INPUTS = 5_000;
    /** The one 500 there is: the service, too, answers a body that is not the gzip it says with an internal failure. */
    private static final String NOT_GZIP = "The body is not gzip";

    private static final int BETWEEN_LOOKS_AT_SETTINGS = 50;

    private final Tables tables = new Tables();
    private final Map<String, Integer> answers = new TreeMap<>();
    private String content = "";
    private String state = "";
    private RawHttp http = connect();

    private static RawHttp connect() {
        try {
            return new RawHttp(WireTarget.uri());
        } catch (IOException failure) {
            throw new AssertionError("no connection is taken any more", failure);
        }
    }

    @Test
    void answersEveryInputAndRefusalsChangeNothing() {
        int inputs = Integer.getInteger("fuzz", INPUTS);
        long first = Long.getLong("fuzz.seed", 1);
        look();
        for (long seed = first; seed < first + inputs; seed++) {
            Input input = Input.of(seed);
            try {
                judge(input, seed % BETWEEN_LOOKS_AT_SETTINGS == 0);
            } catch (IOException | AssertionError | RuntimeException failure) {
                throw new AssertionError(
                        "replay with -Dtest=FuzzTest -Dfuzz=1 -Dfuzz.seed=" + seed + "\n" + input.shown(), failure);
            }
        }
        assertThat(state).as("the settings").isEqualTo(tables.state());
        // An input that does not get past the decoder shows little of what lies behind.
        LOG.info("{} inputs: {}", inputs, answers);
        assertThat(answers).containsKeys("200", "ValidationException", "SerializationException");
        assertThat(answers.get("200")).isGreaterThan(inputs / 20);
        assertThat(answers.get("ValidationException")).isGreaterThan(inputs / 8);
    }

    private void look() {
        content = tables.content();
        state = tables.state();
    }

    private void judge(Input input, boolean settingsToo) throws IOException {
        String outcome = outcome(input, tables.open());
        answers.merge(outcome, 1, Integer::sum);
        if (!outcome.equals("200")) {
            outcome = outcome(input, tables.kept());
        } else if (changesTables(input)) {
            tables.restore();
            return;
        }
        if (outcome.equals("200")) {
            // What the open table refused as it stands, or a valid request that names both.
            if (changesTables(input)) {
                tables.restore();
            }
            look();
            return;
        }
        assertThat(tables.content()).as("what the table holds").isEqualTo(content);
        if (settingsToo) {
            assertThat(tables.state()).as("the settings").isEqualTo(state);
        }
    }

    private static boolean changesTables(Input input) {
        return input.operation().matches("(Create|Update|Delete|Restore|Import|Tag|Untag|Put|Enable|Disable).*")
                && !input.operation().endsWith("Item");
    }

    /** Sends it and gives the type of the refusal, or {@code 200}. */
    private String outcome(Input input, String table) throws IOException {
        RawHttp.Response response;
        try {
            response = exchange(input.request(table));
        } catch (EOFException | SocketException closed) {
            reconnect();
            assertThat(input.framed()).as("may be left without an answer").isFalse();
            return "closed";
        }
        if (!input.framed() || response.header("connection").equals("close")) {
            reconnect();
        }
        if (response.status() == 200) {
            return "200";
        }
        String type = response.text().startsWith("{") ? WireTarget.member(response.text(), "__type") : "";
        if (!response.text().contains(NOT_GZIP)) {
            assertThat(response.status()).as(response.text()).isLessThan(500);
            assertThat(type).doesNotContain("Internal");
        }
        return type.isEmpty() ? Integer.toString(response.status()) : type.substring(type.indexOf('#') + 1);
    }

    /** A connection that was closed while idle is replaced, as every client does. */
    private RawHttp.Response exchange(byte[] request) throws IOException {
        try {
            return http.exchange(request);
        } catch (EOFException | SocketException closed) {
            reconnect();
            return http.exchange(request);
        }
    }

    private void reconnect() throws IOException {
        http.close();
        http = connect();
    }
}
