package dev.meridian.chaos.drill;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.meridian.node.http.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Talks to the front door of a running Meridian: the DynamoDB API of its regions, and the control API. Thread-safe. */
final class MeridianClient {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> MEMBERS = Set.of("id", "n", "c");
    private static final long SCAN_MILLIS = 60_000;
    private static final int SCAN_TRIES = 20;
    private static final Pattern FULLNESS =
            Pattern.compile("\"conflicts\"\\s*:\\s*([0-9]+),\\s*\"conflictsKept\"\\s*:\\s*([0-9]+)");

    private final String url;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    MeridianClient(String url) {
        this.url = url;
    }

    /** Calls an operation in a region; completes with the answer whatever its status, fails where none comes in time. */
    CompletableFuture<HttpResponse<byte[]>> call(String region, String operation, String body, long timeoutMillis) {
        return call(region, operation, body, timeoutMillis, "");
    }

    /** The same in a session; {@code token}: what it carries, empty where there is none. */
    CompletableFuture<HttpResponse<byte[]>> call(
            String region, String operation, String body, long timeoutMillis, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/"))
                .timeout(Duration.ofMillis(timeoutMillis))
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=drill/20310506/" + region
                                + "/dynamodb/aws4_request, SignedHeaders=host, Signature=00")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header(Sessions.HEADER, token);
        }
        // The request's own timeout ends with the headers: a region that stops in the middle of an answer is not waited
        // for.
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                .orTimeout(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    /** Calls the control API; throws {@link IllegalStateException} where it refuses. */
    String control(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/_meridian/v1/" + path))
                .timeout(Duration.ofMinutes(10))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        method.equals("GET")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " was refused: " + answer.body());
            }
            return answer.body();
        } catch (IOException unreachable) {
            throw new UncheckedIOException("nothing answers at " + url, unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }

    /**
     * A table's items.
     *
     * @param numbers of each key, the number its item carries
     * @param total of all counters
     */
    record Contents(Map<String, Long> numbers, long total) {}

    /** Everything in a region's table. */
    Contents contents(String region, String table) {
        Map<String, Long> numbers = new HashMap<>();
        long[] total = {0};
        String start = "";
        do {
            String body = "{\"TableName\":\"" + table + "\",\"ConsistentRead\":true" + start + "}";
            HttpResponse<byte[]> answer =
                    call(region, "Scan", body, SCAN_MILLIS).join();
            // As SDKs do: a region that has to ask others may not hear of them in time.
            for (int tries = 1; answer.statusCode() >= 500 && tries < SCAN_TRIES; tries++) {
                answer = call(region, "Scan", body, SCAN_MILLIS).join();
            }
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        "scanning " + region + " failed: " + new String(answer.body(), StandardCharsets.UTF_8));
            }
            String[] last = new String[1];
            read(answer.body(), (path, id, number, count) -> {
                if (path.equals("Items")) {
                    numbers.put(id, number);
                    total[0] += count;
                } else if (path.equals("LastEvaluatedKey")) {
                    last[0] = id;
                }
            });
            start = last[0] == null ? "" : ",\"ExclusiveStartKey\":{\"id\":{\"S\":\"" + last[0] + "\"}}";
        } while (!start.isEmpty());
        return new Contents(numbers, total[0]);
    }

    /** All conflicts of a table that are on record. */
    ConflictRecord conflicts(String table) {
        return ConflictRecord.read(before ->
                control("GET", "conflicts?limit=" + ConflictRecord.PAGE + "&to=" + before + "&table=" + table, ""));
    }

    /** Whether no region keeps as many conflicts as it may: what one keeps no longer nobody can tell. */
    boolean isRecordWhole() {
        return FULLNESS.matcher(control("GET", "world", ""))
                .results()
                .noneMatch(found -> Long.parseLong(found.group(1)) >= Long.parseLong(found.group(2)));
    }

    /** Of each key, the numbers of the writes that a conflict record tells as losers. */
    static Map<String, Set<Long>> losers(String answer) {
        Map<String, Set<Long>> losers = new HashMap<>();
        read(answer.getBytes(StandardCharsets.UTF_8), (path, id, number, count) -> {
            if (path.equals("loser")) {
                losers.computeIfAbsent(id, none -> new HashSet<>()).add(number);
            }
        });
        return losers;
    }

    /** The lag between the regions since it was reset, of the direction where it is worst. */
    Measures.Lag lag() {
        String world = control("GET", "world", "");
        return new Measures.Lag(greatest(world, "P50"), greatest(world, "P99"), greatest(world, "Max"));
    }

    private static double greatest(String world, String which) {
        return Pattern.compile("\"lagMillis" + which + "\"\\s*:\\s*([0-9]+)")
                .matcher(world)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .max()
                .orElse(0);
    }

    /** The number of an item in a GetItem answer; 0 where there is none. */
    static long numberIn(byte[] answer) {
        long[] found = {0};
        read(answer, (path, id, number, count) -> {
            if (path.equals("Item")) {
                found[0] = number;
            }
        });
        return found[0];
    }

    private interface ItemVisitor {

        /** An item with {@code id}, {@code n} and perhaps {@code c}, and the member of the answer it is under. */
        void item(String under, String id, long number, long count);
    }

    /** Visits everything in the answer that is an item of a drill's table: a {@code {"id":{"S":…},"n":{"N":…}}}. */
    private static void read(byte[] json, ItemVisitor visitor) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            object(parser, "", "", visitor);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    /** Reads an object; {@code name} is the member that holds it, {@code above} the one that holds that. */
    private static void object(JsonParser parser, String above, String name, ItemVisitor visitor) throws IOException {
        @Nullable String id = null;
        long number = 0;
        long count = 0;
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                object(parser, above, name, visitor);
            }
            return;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String member = parser.currentName();
            parser.nextToken();
            if (MEMBERS.contains(member) && parser.currentToken() == JsonToken.START_OBJECT) {
                parser.nextToken();
                parser.nextToken();
                if (member.equals("id")) {
                    id = parser.getText();
                } else if (member.equals("n")) {
                    number = Long.parseLong(parser.getText());
                } else {
                    count = Long.parseLong(parser.getText());
                }
                parser.nextToken();
            } else {
                object(parser, name, member, visitor);
            }
        }
        if (id != null) {
            visitor.item(name.equals("item") ? above : name, id, number, count);
        }
    }
}
