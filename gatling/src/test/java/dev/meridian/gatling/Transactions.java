package dev.meridian.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.substring;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.net.http.HttpResponse;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Users move one unit between two of a hundred accounts of one region, in a transaction; some meet and are cancelled, which
 * counts as an answer. Fails when the sum of all accounts has changed at the end. System properties: those of {@link Load}.
 */
public final class Transactions extends Simulation {

    private static final String TABLE = "transactions";
    private static final int ACCOUNTS = 100;
    private static final int BALANCE = 1_000;
    private static final Pattern NUMBER = Pattern.compile("\"balance\":\\{\"N\":\"(-?\\d+)\"}");

    private final ScenarioBuilder load = scenario("transactions")
            .exec(Transactions::choose)
            .exec(Load.request(
                            "TransactWriteItems",
                            "home",
                            "{\"TransactItems\":[" + move("from", -1) + "," + move("to", 1) + "]}")
                    .check(status().in(200, 400))
                    .checkIf((response, session) -> response.status().code() == 400)
                    .then(substring("TransactionConflict").exists()));

    /** Says plainly when nobody answers, before any load. */
    public Transactions() {
        Load.ENDPOINTS.prepare(TABLE);
        for (int account = 0; account < ACCOUNTS; account++) {
            answer(
                    "PutItem",
                    "{\"TableName\":\"" + TABLE + "\",\"Item\":{\"id\":{\"S\":\"" + account
                            + "\"},\"balance\":{\"N\":\"" + BALANCE + "\"}}}");
        }
        setUp(load.injectOpen(constantUsersPerSec(Load.RATE).during(Load.DURATION)))
                .protocols(Load.PROTOCOL)
                .assertions(
                        global().failedRequests().count().is(0L),
                        details("TransactWriteItems")
                                .responseTime()
                                .percentile(99.0)
                                .lt(Load.LATENCY_MILLIS_MAX));
    }

    @Override
    public void after() {
        String all = answer("Scan", "{\"TableName\":\"" + TABLE + "\",\"ConsistentRead\":true}");
        long sum = 0;
        for (Matcher balance = NUMBER.matcher(all); balance.find(); ) {
            sum += Long.parseLong(balance.group(1));
        }
        if (sum != (long) ACCOUNTS * BALANCE) {
            throw new IllegalStateException("the accounts hold " + sum + ", not " + ACCOUNTS * BALANCE);
        }
    }

    private static String answer(String operation, String body) {
        HttpResponse<String> answer = Endpoints.send(Load.ENDPOINTS.regions().get(0), operation, body);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(operation + " is refused: " + answer.body());
        }
        return answer.body();
    }

    private static Session choose(Session session) {
        int from = ThreadLocalRandom.current().nextInt(ACCOUNTS);
        int to = (from + 1 + ThreadLocalRandom.current().nextInt(ACCOUNTS - 1)) % ACCOUNTS;
        return session.setAll(Load.as("home", Load.ENDPOINTS.regions().get(0)))
                .set("from", Integer.toString(from))
                .set("to", Integer.toString(to));
    }

    private static String move(String account, int amount) {
        return "{\"Update\":{\"TableName\":\"" + TABLE + "\",\"Key\":{\"id\":{\"S\":\"#{" + account
                + "}\"}},\"UpdateExpression\":\"ADD balance :n\",\"ExpressionAttributeValues\":{\":n\":{\"N\":\""
                + amount
                + "\"}}}}";
    }
}
