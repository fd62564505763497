package dev.meridian.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.listFeeder;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Users read item collections of two hundred items, twenty-five to a page, to their end. Fails when a collection comes
 * incomplete. System properties: those of {@link Load}.
 */
public final class QueryPages extends Simulation {

    private static final String TABLE = "query-pages";
    private static final String COLLECTION = "whole collection";
    private static final int COLLECTIONS = 20;
    private static final int ITEMS = 200;
    private static final int PAGE = 25;

    private final List<Map<String, Object>> collections = IntStream.range(0, COLLECTIONS)
            .mapToObj(number -> Map.<String, Object>of("id", "collection-" + number))
            .toList();

    private final ScenarioBuilder load = scenario("query pages")
            .feed(listFeeder(collections).random())
            .exec(session -> session.setAll(
                            Load.as("home", Load.ENDPOINTS.regions().get(0)))
                    .set("start", "")
                    .set("seen", 0)
                    .set("more", true))
            .exec(group(COLLECTION)
                    .on(exec(asLongAs(session -> session.getBoolean("more") && !session.isFailed())
                                    .on(exec(page()).exec(QueryPages::next)))
                            .exec(session -> session.getInt("seen") == ITEMS ? session : session.markAsFailed())));

    /** Says plainly when nobody answers, before any load. */
    public QueryPages() {
        Load.ENDPOINTS.prepareOrdered(TABLE);
        fill();
        setUp(load.injectOpen(constantUsersPerSec(Load.RATE).during(Load.DURATION)))
                .protocols(Load.PROTOCOL)
                .assertions(
                        global().failedRequests().count().is(0L),
                        details(COLLECTION).failedRequests().count().is(0L),
                        details(COLLECTION, "Query")
                                .responseTime()
                                .percentile(99.0)
                                .lt(Load.LATENCY_MILLIS_MAX));
    }

    private static void fill() {
        for (int collection = 0; collection < COLLECTIONS; collection++) {
            for (int first = 0; first < ITEMS; first += PAGE) {
                StringBuilder puts = new StringBuilder();
                for (int n = first; n < first + PAGE; n++) {
                    puts.append(puts.isEmpty() ? "" : ",")
                            .append("{\"PutRequest\":{\"Item\":{\"id\":{\"S\":\"collection-")
                            .append(collection)
                            .append("\"},\"n\":{\"N\":\"")
                            .append(n)
                            .append("\"}}}}");
                }
                HttpResponse<String> answer = Endpoints.send(
                        Load.ENDPOINTS.regions().get(0),
                        "BatchWriteItem",
                        "{\"RequestItems\":{\"" + TABLE + "\":[" + puts + "]}}");
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException("the items are refused: " + answer.body());
                }
            }
        }
    }

    private static HttpRequestActionBuilder page() {
        return Load.request(
                        "Query",
                        "home",
                        "{\"TableName\":\"" + TABLE + "\",\"Limit\":" + PAGE
                                + ",\"KeyConditionExpression\":\"id = :id\","
                                + "\"ExpressionAttributeValues\":{\":id\":{\"S\":\"#{id}\"}}#{start}}")
                .check(
                        status().is(200),
                        jsonPath("$.Count").ofInt().saveAs("count"),
                        bodyString().saveAs("body"));
    }

    /** Where the next page starts. */
    private static Session next(Session session) {
        String body = String.valueOf(session.getString("body"));
        int key = body.indexOf("\"LastEvaluatedKey\":");
        int end = key < 0 ? -1 : body.indexOf("}}", key) + 2;
        return session.set("seen", session.getInt("seen") + session.getInt("count"))
                .set("more", key >= 0)
                .set("start", key < 0 ? "" : ",\"ExclusiveStartKey\":" + body.substring(body.indexOf('{', key), end));
    }
}
