package dev.meridian.chaos.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** Requests to the table {@code cart} that carry a session's token, or none. */
record SessionCalls(Regions regions) {

    static final String SESSION = "x-meridian-session";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** {@code body} may have single quotes in place of double ones; {@code token} is empty where there is none. */
    CompletableFuture<HttpResponse<String>> begin(String region, String operation, String body, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + regions.frontPort()))
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=any/20310506/" + region
                                + "/dynamodb/aws4_request, SignedHeaders=host, Signature=00")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        return HTTP.sendAsync(
                (token.isEmpty() ? request : request.header(SESSION, token)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> call(String region, String operation, String body, String token) {
        return begin(region, operation, body, token).join();
    }

    /** Puts an item; gives the session's next token. */
    String put(String region, String id, String value, String token) {
        HttpResponse<String> answer = call(
                region,
                "PutItem",
                "{'TableName':'cart','Item':{'id':{'S':'" + id + "'},'v':{'S':'" + value + "'}}}",
                token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue(SESSION).orElse("");
    }

    HttpResponse<String> get(String region, String id, String token) {
        return beginGet(region, id, token).join();
    }

    CompletableFuture<HttpResponse<String>> beginGet(String region, String id, String token) {
        return begin(region, "GetItem", "{'TableName':'cart','Key':{'id':{'S':'" + id + "'}}}", token);
    }
}
