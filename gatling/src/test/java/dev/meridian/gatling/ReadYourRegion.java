package dev.meridian.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.listFeeder;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import java.util.List;
import java.util.Map;

/**
 * Users keep to their region: each writes there and reads there, consistently, what it has written. Fails when a read misses
 * its write, however busy replication is. System properties: those of {@link Load}.
 */
public final class ReadYourRegion extends Simulation {

    private static final String TABLE = "read-your-region";

    private final List<Map<String, Object>> homes = Load.ENDPOINTS.regions().stream()
            .map(region -> Load.as("home", region))
            .toList();

    private final ScenarioBuilder load = scenario("read your region")
            .feed(listFeeder(homes).circular())
            .exec(session ->
                    session.set("id", java.util.UUID.randomUUID().toString()).set("value", session.userId()))
            .exec(Load.request(
                            "PutItem",
                            "home",
                            "{\"TableName\":\"" + TABLE
                                    + "\",\"Item\":{\"id\":{\"S\":\"#{id}\"},\"v\":{\"N\":\"#{value}\"}}}")
                    .check(status().is(200)))
            .exitHereIfFailed()
            .exec(Load.request(
                            "GetItem",
                            "home",
                            "{\"TableName\":\"" + TABLE
                                    + "\",\"ConsistentRead\":true,\"Key\":{\"id\":{\"S\":\"#{id}\"}}}")
                    .check(status().is(200), jsonPath("$.Item.v.N").isEL("#{value}")));

    /** Says plainly when nobody answers, before any load. */
    public ReadYourRegion() {
        Load.ENDPOINTS.prepare(TABLE);
        setUp(load.injectOpen(constantUsersPerSec(Load.RATE).during(Load.DURATION)))
                .protocols(Load.PROTOCOL)
                .assertions(
                        global().failedRequests().count().is(0L),
                        details("PutItem").responseTime().percentile(99.0).lt(Load.LATENCY_MILLIS_MAX),
                        details("GetItem").responseTime().percentile(99.0).lt(Load.LATENCY_MILLIS_MAX));
    }
}
