package dev.meridian.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes an item to any region and reads it from another until it appears there: at a stated rate, for a stated time.
 * Fails when a request fails, when the 99th percentile of answers is slow, or when items take too long to appear.
 *
 * <p>System properties: {@code rate} (writes a second, 50), {@code duration} (seconds, 20), {@code endpoints}
 * (region=URL,…; the doors of ./meridian up), {@code table} (write-any-read-any), {@code latencyMillisMax} (99th
 * percentile of a request, 250), {@code lagMillisMax} (the longest an item may take to appear, 2000; set it above an
 * injected latency).
 */
public final class WriteAnyReadAny extends Simulation {

    private static final String TABLE = System.getProperty("table", "write-any-read-any");
    private static final int RATE = Integer.getInteger("rate", 50);
    private static final int SECONDS = Integer.getInteger("duration", 20);
    private static final int LATENCY_MILLIS_MAX = Integer.getInteger("latencyMillisMax", 250);
    private static final int LAG_MILLIS_MAX = Integer.getInteger("lagMillisMax", 2_000);
    private static final String APPEARS = "item appears elsewhere";

    private final Endpoints endpoints = Endpoints.parse(System.getProperty(
            "endpoints",
            "us-east-1=http://127.0.0.1:8101,eu-west-1=http://127.0.0.1:8102,ap-southeast-2=http://127.0.0.1:8103"));

    private final ChainBuilder write = exec(this::choose)
            .exec(request(
                            "PutItem",
                            "writer",
                            "{\"TableName\":\"" + TABLE + "\",\"Item\":{\"id\":{\"S\":\"#{id}\"},\"v\":{\"S\":\""
                                    + "x".repeat(256) + "\"}}}")
                    .check(status().is(200)))
            .exitHereIfFailed();

    private final ChainBuilder appears = group(APPEARS)
            .on(exec(session -> session.set("writtenNanos", System.nanoTime()))
                    .exec(asLongAs(WriteAnyReadAny::isAwaited)
                            .on(exec(request(
                                                    "GetItem",
                                                    "reader",
                                                    "{\"TableName\":\"" + TABLE
                                                            + "\",\"Key\":{\"id\":{\"S\":\"#{id}\"}}}")
                                            .check(
                                                    status().is(200),
                                                    bodyString().saveAs("answer")))
                                    .pause(Duration.ofMillis(2))))
                    .exec(session -> isSeen(session) ? session : session.markAsFailed()));

    private final ScenarioBuilder load =
            scenario("write any, read any").exec(write).exec(appears);

    /** Says plainly when nobody answers, before any load. */
    public WriteAnyReadAny() {
        endpoints.prepare(TABLE);
        setUp(load.injectOpen(constantUsersPerSec(RATE).during(Duration.ofSeconds(SECONDS))))
                .protocols(http.contentTypeHeader("application/x-amz-json-1.0")
                        .header("X-Amz-Date", "20260101T000000Z")
                        .shareConnections())
                .assertions(
                        global().failedRequests().count().is(0L),
                        details("PutItem").responseTime().percentile(99.0).lt(LATENCY_MILLIS_MAX),
                        details(APPEARS, "GetItem")
                                .responseTime()
                                .percentile(99.0)
                                .lt(LATENCY_MILLIS_MAX),
                        details(APPEARS).failedRequests().count().is(0L),
                        details(APPEARS).responseTime().percentile(99.0).lt(LAG_MILLIS_MAX));
    }

    private static HttpRequestActionBuilder request(String operation, String role, String body) {
        return http(operation)
                .post("#{" + role + "Url}")
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("Authorization", "#{" + role + "Authorization}")
                .body(StringBody(body));
    }

    private Session choose(Session session) {
        int count = endpoints.regions().size();
        int writer = ThreadLocalRandom.current().nextInt(count);
        int reader = (writer + 1 + ThreadLocalRandom.current().nextInt(count - 1)) % count;
        return session.set("id", UUID.randomUUID().toString())
                .set("answer", "")
                .set("writerUrl", endpoints.regions().get(writer).url())
                .set("writerAuthorization", endpoints.regions().get(writer).authorization())
                .set("readerUrl", endpoints.regions().get(reader).url())
                .set("readerAuthorization", endpoints.regions().get(reader).authorization());
    }

    private static boolean isSeen(Session session) {
        return String.valueOf(session.getString("answer")).contains("\"Item\"");
    }

    private static boolean isAwaited(Session session) {
        return !session.isFailed()
                && !isSeen(session)
                && System.nanoTime() - session.getLong("writtenNanos") < LAG_MILLIS_MAX * 1_000_000L;
    }
}
