package dev.meridian.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.UUID;

/**
 * The link between two regions is cut while users write to the first. Then it is healed, and the last item written must
 * appear in the second. System properties: those of {@link Load}, and {@code catchUpMillisMax} (how long catching up may take;
 * a fifth of the duration); it needs {@code control}.
 */
public final class CatchUp extends Simulation {

    private static final String TABLE = "catch-up";
    private static final long CATCH_UP_MILLIS_MAX = Long.getLong("catchUpMillisMax", Load.DURATION.toMillis() / 5);
    private static final String CAUGHT_UP = "caught up";

    private final Endpoints.Region first = Load.ENDPOINTS.regions().get(0);
    private final Endpoints.Region second = Load.ENDPOINTS.regions().get(1);
    private final String link = "links/" + first.name() + "/" + second.name();

    private final ScenarioBuilder cut =
            scenario("cut").exec(Load.control("cut", link + ":cut").check(status().in(200, 202, 204)));

    private final ScenarioBuilder load = scenario("writes meanwhile")
            .exec(session -> session.set("id", UUID.randomUUID().toString()).setAll(Load.as("writer", first)))
            .exec(put());

    private final ScenarioBuilder afterwards = scenario("afterwards")
            .exec(session -> session.set("id", UUID.randomUUID().toString())
                    .set("answer", "")
                    .setAll(Load.as("writer", first))
                    .setAll(Load.as("reader", second)))
            .exec(put())
            .exec(Load.control("heal", link + ":heal").check(status().in(200, 202, 204)))
            .exec(session -> session.set("healedNanos", System.nanoTime()))
            .exec(group(CAUGHT_UP)
                    .on(asLongAs(CatchUp::isAwaited)
                            .on(exec(Load.request(
                                                    "GetItem",
                                                    "reader",
                                                    "{\"TableName\":\"" + TABLE
                                                            + "\",\"Key\":{\"id\":{\"S\":\"#{id}\"}}}")
                                            .check(
                                                    status().is(200),
                                                    bodyString().saveAs("answer")))
                                    .pause(Duration.ofMillis(5))))
                    .exec(session -> isSeen(session) ? session : session.markAsFailed()));

    /** Says plainly when nobody answers, before any load. */
    public CatchUp() {
        Load.ENDPOINTS.prepare(TABLE);
        setUp(cut.injectOpen(atOnceUsers(1))
                        .andThen(load.injectOpen(constantUsersPerSec(Load.RATE).during(Load.DURATION))
                                .andThen(afterwards.injectOpen(atOnceUsers(1)))))
                .protocols(Load.PROTOCOL)
                .assertions(
                        global().failedRequests().count().is(0L),
                        details("PutItem").responseTime().percentile(99.0).lt(Load.LATENCY_MILLIS_MAX),
                        details(CAUGHT_UP).failedRequests().count().is(0L),
                        details(CAUGHT_UP).responseTime().max().lt((int) CATCH_UP_MILLIS_MAX));
    }

    private static io.gatling.javaapi.core.ChainBuilder put() {
        return exec(Load.request(
                        "PutItem",
                        "writer",
                        "{\"TableName\":\"" + TABLE + "\",\"Item\":{\"id\":{\"S\":\"#{id}\"},\"v\":{\"S\":\""
                                + "x".repeat(256) + "\"}}}")
                .check(status().is(200)));
    }

    private static boolean isSeen(Session session) {
        return String.valueOf(session.getString("answer")).contains("\"Item\"");
    }

    private static boolean isAwaited(Session session) {
        return !session.isFailed()
                && !isSeen(session)
                && System.nanoTime() - session.getLong("healedNanos") < CATCH_UP_MILLIS_MAX * 1_000_000L;
    }
}
