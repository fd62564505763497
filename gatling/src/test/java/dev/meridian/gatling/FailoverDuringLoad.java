package dev.meridian.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import java.util.UUID;

/**
 * Users write to the first region, and to the second where that fails. After a third of the time the first region is killed,
 * after two thirds it comes back. Fails when a write finds neither. System properties: those of {@link Load}; it needs
 * {@code control}.
 */
public final class FailoverDuringLoad extends Simulation {

    private static final String TABLE = "failover-during-load";
    private static final String PUT = "{\"TableName\":\"" + TABLE
            + "\",\"Item\":{\"id\":{\"S\":\"#{id}\"},\"v\":{\"S\":\"" + "x".repeat(256) + "\"}}}";

    private final Endpoints.Region first = Load.ENDPOINTS.regions().get(0);

    private final ScenarioBuilder load = scenario("failover during load")
            .exec(session -> session.set("id", UUID.randomUUID().toString())
                    .setAll(Load.as("first", first))
                    .setAll(Load.as("second", Load.ENDPOINTS.regions().get(1))))
            .exec(Load.request("PutItem, first region", "PutItem", "first", PUT).check(status().is(200)))
            .exec(doIf(session -> session.isFailed())
                    .then(exec(session -> session.markAsSucceeded())
                            .exec(Load.request("PutItem, second region", "PutItem", "second", PUT)
                                    .check(status().is(200)))));

    private final ScenarioBuilder fault = scenario("a region is killed")
            .pause(Load.DURATION.dividedBy(3))
            .exec(Load.control("kill", "regions/" + first.name() + ":kill").check(status().in(200, 202, 204)))
            .pause(Load.DURATION.dividedBy(3))
            .exec(Load.control("heal", "regions/" + first.name() + ":heal").check(status().in(200, 202, 204)));

    /** Says plainly when nobody answers, before any load. */
    public FailoverDuringLoad() {
        Load.ENDPOINTS.prepare(TABLE);
        setUp(load.injectOpen(constantUsersPerSec(Load.RATE).during(Load.DURATION)), fault.injectOpen(atOnceUsers(1)))
                .protocols(Load.PROTOCOL)
                .assertions(
                        details("kill").failedRequests().count().is(0L),
                        details("heal").failedRequests().count().is(0L),
                        details("PutItem, first region")
                                .successfulRequests()
                                .count()
                                .gt(0L),
                        details("PutItem, second region")
                                .successfulRequests()
                                .count()
                                .gt(0L),
                        details("PutItem, second region")
                                .failedRequests()
                                .count()
                                .is(0L),
                        details("PutItem, second region")
                                .responseTime()
                                .percentile(99.0)
                                .lt(Load.LATENCY_MILLIS_MAX));
    }
}
