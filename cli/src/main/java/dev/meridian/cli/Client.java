package dev.meridian.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Talks to the control API of a running world. Every command that does carries its option. */
final class Client {

    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final JsonFactory JSON = new JsonFactory();

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:MERIDIAN_URL:-http://127.0.0.1:8000}",
            description = "Where the front door is (default: ${DEFAULT-VALUE}).")
    private String url = "";

    @Option(
            names = {"-o", "--output"},
            scope = ScopeType.INHERIT,
            defaultValue = "TABLE",
            description = "table or json, where a command shows something (default: table).")
    private Output output = Output.TABLE;

    private byte[] answered = new byte[0];

    private enum Output {
        TABLE,
        JSON
    }

    /** Prints the last answer as it came, if that was asked for. */
    boolean printsJson() {
        if (output != Output.JSON) {
            return false;
        }
        SystemRuntime.out().println(new String(answered, StandardCharsets.UTF_8));
        return true;
    }

    String url() {
        return url;
    }

    Map<String, Object> get(String path) {
        return send("GET", path, null);
    }

    Map<String, Object> post(String path) {
        return send("POST", path, "{}");
    }

    Map<String, Object> send(String method, String path, @Nullable String body) {
        HttpRequest.BodyPublisher publisher =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/_meridian/v1/" + path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .method(method, publisher)
                .build();
        HttpResponse<byte[]> response;
        try {
            response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException unreachable) {
            throw new UserError(
                    ExitCode.UNAVAILABLE,
                    "nothing answers at " + url + "; start it with 'meridian up', or name it with --url");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UserError(ExitCode.INCONCLUSIVE, "interrupted");
        }
        answered = response.body();
        Map<String, Object> answer = object(answered);
        if (response.statusCode() != 200) {
            throw new UserError(
                    response.statusCode() == 400 ? ExitCode.USAGE : ExitCode.INTERNAL,
                    String.valueOf(answer.getOrDefault("error", "the server answered " + response.statusCode())));
        }
        return answer;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(byte[] json) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return read(parser) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
        } catch (IOException notJson) {
            return Map.of();
        }
    }

    private static @Nullable Object read(JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT:
                Map<String, Object> object = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.put(name, read(parser));
                }
                return object;
            case START_ARRAY:
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(read(parser));
                }
                return list;
            case VALUE_NUMBER_INT:
                return parser.getLongValue();
            case VALUE_NUMBER_FLOAT:
                return parser.getDoubleValue();
            case VALUE_TRUE:
            case VALUE_FALSE:
                return parser.getBooleanValue();
            case VALUE_NULL:
                return null;
            default:
                return parser.getText();
        }
    }
}
