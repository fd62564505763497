package dev.meridian.chaos.drill;

import dev.meridian.chaos.drill.History.Outcome;
import dev.meridian.node.http.Sessions;
import dev.meridian.node.stage.StageFailure;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The door of a running Meridian: PutItem and GetItem. */
final class HttpDoor implements Door {

    private static final int SERVER_ERRORS = 500;
    private static final long PATIENCE_MILLIS = 30_000;

    private final MeridianClient client;
    private final String table;
    private final long timeoutMillis;
    private final boolean strongReads;

    private final String padding;
    /** Of a session; empty: none. */
    private final String token;

    HttpDoor(MeridianClient client, String table, Drill.Load load) {
        this(client, table, load.timeoutMillis(), load.strongReads(), Door.padding(load.itemBytes()), "");
    }

    private HttpDoor(
            MeridianClient client,
            String table,
            long timeoutMillis,
            boolean strongReads,
            String padding,
            String token) {
        this.client = client;
        this.table = table;
        this.timeoutMillis = timeoutMillis;
        this.strongReads = strongReads;
        this.padding = padding;
        this.token = token;
    }

    @Override
    public Door carrying(String carried) {
        return new HttpDoor(client, table, timeoutMillis, strongReads, padding, carried);
    }

    /** For who measures, with patience. */
    static HttpDoor to(MeridianClient client, String table, int itemBytes) {
        return new HttpDoor(client, table, PATIENCE_MILLIS, false, Door.padding(itemBytes), "");
    }

    @Override
    public CompletionStage<Answer> put(String region, String key, long number) {
        String body = "{\"TableName\":\"" + table + "\",\"Item\":{\"id\":{\"S\":\"" + key + "\"},\"n\":{\"N\":\""
                + number + "\"},\"pad\":{\"S\":\"" + padding + "\"}}}";
        return call(region, "PutItem", body);
    }

    @Override
    public CompletionStage<Answer> add(String region, String key, long number) {
        return call(region, "UpdateItem", update(key, 1, number));
    }

    @Override
    public CompletionStage<Answer> transfer(String region, String from, String to, long number) {
        return call(
                region,
                "TransactWriteItems",
                // An amount of its own, so that halves that are thrown away do not make up for one another.
                "{\"TransactItems\":[{\"Update\":" + update(from, -number, number) + "},{\"Update\":"
                        + update(to, number, number) + "}]}");
    }

    private String update(String key, long change, long number) {
        return "{\"TableName\":\"" + table + "\",\"Key\":{\"id\":{\"S\":\"" + key
                + "\"}},\"UpdateExpression\":\"SET n = :n ADD c :c\",\"ExpressionAttributeValues\":{\":n\":{\"N\":\""
                + number + "\"},\":c\":{\"N\":\"" + change + "\"}}}";
    }

    private CompletionStage<Answer> call(String region, String operation, String body) {
        return client.call(region, operation, body, timeoutMillis, token)
                .handle((answer, failure) -> new Answer(outcome(answer, failure), 0, tokenIn(answer)));
    }

    @Override
    public CompletionStage<Answer> get(String region, String key) {
        String body = "{\"TableName\":\"" + table + "\",\"Key\":{\"id\":{\"S\":\"" + key + "\"}}"
                + (strongReads ? ",\"ConsistentRead\":true}" : "}");
        return client.call(region, "GetItem", body, timeoutMillis, token)
                .handle((answer, failure) -> new Answer(
                        outcome(answer, failure),
                        answer == null ? 0 : MeridianClient.numberIn(answer.body()),
                        tokenIn(answer)));
    }

    private static String tokenIn(@Nullable HttpResponse<byte[]> answer) {
        return answer == null
                ? ""
                : answer.headers().firstValue(Sessions.HEADER).orElse("");
    }

    private static Outcome outcome(@Nullable HttpResponse<byte[]> answer, @Nullable Throwable failure) {
        if (answer != null) {
            return answer.statusCode() == 200
                    ? Outcome.DONE
                    : answer.statusCode() < SERVER_ERRORS ? Outcome.REFUSED : Outcome.UNKNOWN;
        }
        return failure != null && StageFailure.of(failure) instanceof ConnectException
                ? Outcome.REFUSED
                : Outcome.UNKNOWN;
    }
}
