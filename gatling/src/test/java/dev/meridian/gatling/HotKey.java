package dev.meridian.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.listFeeder;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One item, written from two regions at once, as fast as asked. Afterwards both regions must come to hold the same value. How
 * many writes the other region's overtook is for {@code meridian conflicts} to tell. System properties: those of
 * {@link Load}.
 */
public final class HotKey extends Simulation {

    private static final String TABLE = "hot-key";
    private static final String KEY = "\"Key\":{\"id\":{\"S\":\"hot\"}}";
    private static final String AGREES = "regions agree";

    private final List<Map<String, Object>> writers = Load.ENDPOINTS.regions().subList(0, 2).stream()
            .map(region -> Load.as("writer", region))
            .toList();

    private final ScenarioBuilder load = scenario("hot key")
            .feed(listFeeder(writers).circular())
            .exec(session -> session.set("number", session.userId()))
            .exec(Load.request(
                            "UpdateItem",
                            "writer",
                            "{\"TableName\":\"" + TABLE + "\"," + KEY
                                    + ",\"UpdateExpression\":\"SET v = :v\",\"ExpressionAttributeValues\":{\":v\":{\"S\":\"#{writerUrl} #{number}\"}}}")
                    .check(status().is(200)));

    private final ScenarioBuilder afterwards = scenario("afterwards")
            .exec(session -> session.setAll(
                            Load.as("first", Load.ENDPOINTS.regions().get(0)))
                    .setAll(Load.as("second", Load.ENDPOINTS.regions().get(1)))
                    .set("startNanos", System.nanoTime()))
            .exec(group(AGREES)
                    .on(asLongAs(HotKey::isWaiting)
                            .on(exec(read("first")).exec(read("second")).pause(Duration.ofMillis(5))))
                    .exec(session -> isEqual(session) ? session : session.markAsFailed()));

    /** Says plainly when nobody answers, before any load. */
    public HotKey() {
        Load.ENDPOINTS.prepare(TABLE);
        setUp(load.injectOpen(constantUsersPerSec(Load.RATE).during(Load.DURATION))
                        .andThen(afterwards.injectOpen(atOnceUsers(1))))
                .protocols(Load.PROTOCOL)
                .assertions(
                        global().failedRequests().count().is(0L),
                        details("UpdateItem").responseTime().percentile(99.0).lt(Load.LATENCY_MILLIS_MAX),
                        details(AGREES).failedRequests().count().is(0L),
                        details(AGREES).responseTime().max().lt(Load.LAG_MILLIS_MAX));
    }

    private static ChainBuilder read(String role) {
        return exec(Load.request("GetItem", role, "{\"TableName\":\"" + TABLE + "\"," + KEY + "}")
                .check(status().is(200), jsonPath("$.Item.v.S").saveAs(role)));
    }

    private static boolean isEqual(Session session) {
        return session.contains("first")
                && session.contains("second")
                && String.valueOf(session.getString("first")).equals(session.getString("second"));
    }

    private static boolean isWaiting(Session session) {
        return !isEqual(session)
                && System.nanoTime() - session.getLong("startNanos") < Load.LAG_MILLIS_MAX * 1_000_000L;
    }
}
