package dev.meridian.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes an item to any region and reads it from another until it appears there: at a stated rate, for a stated time.
 * Fails when a request fails, when the 99th percentile of answers is slow, or when items take too long to appear.
 *
 * <p>System properties: those of {@link Load}, and {@code table} (write-any-read-any).
 */
public final class WriteAnyReadAny extends Simulation {

    private static final String TABLE = System.getProperty("table", "write-any-read-any");
    private static final String APPEARS = "item appears elsewhere";

    private final Endpoints endpoints = Load.ENDPOINTS;

    private final ChainBuilder write = exec(this::choose)
            .exec(Load.request(
                            "PutItem",
                            "writer",
                            "{\"TableName\":\"" + TABLE + "\",\"Item\":{\"id\":{\"S\":\"#{id}\"},\"v\":{\"S\":\""
                                    + "x".repeat(256) + "\"}}}")
                    .check(status().is(200)))
            .exitHereIfFailed();

    private final ChainBuilder appears = group(APPEARS)
            .on(exec(session -> session.set("writtenNanos", System.nanoTime()))
                    .exec(asLongAs(WriteAnyReadAny::isAwaited)
                            .on(exec(Load.request(
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
        setUp(load.injectOpen(constantUsersPerSec(Load.RATE).during(Load.DURATION)))
                .protocols(Load.PROTOCOL)
                .assertions(
                        global().failedRequests().count().is(0L),
                        details("PutItem").responseTime().percentile(99.0).lt(Load.LATENCY_MILLIS_MAX),
                        details(APPEARS, "GetItem")
                                .responseTime()
                                .percentile(99.0)
                                .lt(Load.LATENCY_MILLIS_MAX),
                        details(APPEARS).failedRequests().count().is(0L),
                        details(APPEARS).responseTime().percentile(99.0).lt(Load.LAG_MILLIS_MAX));
    }

    private Session choose(Session session) {
        int count = endpoints.regions().size();
        int writer = ThreadLocalRandom.current().nextInt(count);
        int reader = (writer + 1 + ThreadLocalRandom.current().nextInt(count - 1)) % count;
        return session.set("id", UUID.randomUUID().toString())
                .set("answer", "")
                .setAll(Load.as("writer", endpoints.regions().get(writer)))
                .setAll(Load.as("reader", endpoints.regions().get(reader)));
    }

    private static boolean isSeen(Session session) {
        return String.valueOf(session.getString("answer")).contains("\"Item\"");
    }

    private static boolean isAwaited(Session session) {
        return !session.isFailed()
                && !isSeen(session)
                && System.nanoTime() - session.getLong("writtenNanos") < Load.LAG_MILLIS_MAX * 1_000_000L;
    }
}
