package dev.meridian.chaos.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.settings.ServiceSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who carries a token sees in every region what it has written in another; who does not may not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionStoryTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String SESSION = "x-meridian-session";

    private final Regions regions = Regions.globalWith(ServiceSettings.of("session-wait-seconds = 1.5"));

    @BeforeAll
    void table() {
        regions.createTable("cart");
    }

    @AfterEach
    void heal() {
        regions.control("POST", "heal", "{}");
        assertThat(regions.converge()).isTrue();
    }

    @AfterAll
    void stop() {
        regions.close();
    }

    private HttpRequest request(String region, String operation, String body, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + regions.frontPort()))
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=any/20310506/" + region
                                + "/dynamodb/aws4_request, SignedHeaders=host, Signature=00")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        return token.isEmpty()
                ? request.build()
                : request.header(SESSION, token).build();
    }

    private HttpResponse<String> call(String region, String operation, String body, String token) {
        try {
            return HTTP.send(request(region, operation, body, token), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private String put(String region, String id, String value, String token) {
        HttpResponse<String> answer = call(
                region,
                "PutItem",
                "{'TableName':'cart','Item':{'id':{'S':'" + id + "'},'v':{'S':'" + value + "'}}}",
                token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue(SESSION).orElse("");
    }

    private static String get(String id) {
        return "{'TableName':'cart','Key':{'id':{'S':'" + id + "'}}}";
    }

    @Test
    void aReadWithTheTokenSeesTheWriteAndOneWithoutMayNot() {
        for (String link : new String[] {"us-east-1/eu-west-1", "us-east-1/ap-southeast-2"}) {
            regions.control("PUT", "links/" + link, "{\"oneWayMillis\":400}");
        }
        for (int n = 0; n < 3; n++) {
            String token = put(Regions.US, "1", "v" + n, "new");
            assertThat(call(Regions.EU, "GetItem", get("1"), "").body())
                    .as("the control: nothing is promised")
                    .doesNotContain("\"v" + n + "\"");
            assertThat(call(Regions.EU, "GetItem", get("1"), token).body()).contains("\"v" + n + "\"");
        }
    }

    @Test
    void everyKindOfWriteIsCarried() {
        regions.control("PUT", "links/us-east-1/eu-west-1", "{\"oneWayMillis\":200}");
        String[][] writes = {
            {
                "UpdateItem",
                "{'TableName':'cart','Key':{'id':{'S':'u'}},'UpdateExpression':'SET v = :v',"
                        + "'ExpressionAttributeValues':{':v':{'S':'update'}}}",
                "u",
                "update"
            },
            {
                "BatchWriteItem",
                "{'RequestItems':{'cart':[{'PutRequest':{'Item':{'id':{'S':'b'},'v':{'S':'batch'}}}}]}}",
                "b",
                "batch"
            },
            {
                "TransactWriteItems",
                "{'TransactItems':[{'Put':{'TableName':'cart','Item':{'id':{'S':'t'},'v':{'S':'transaction'}}}}]}",
                "t",
                "transaction"
            },
            {
                "ExecuteStatement",
                "{'Statement':'INSERT INTO cart VALUE {\\u0027id\\u0027:?,\\u0027v\\u0027:?}',"
                        + "'Parameters':[{'S':'p'},{'S':'statement'}]}",
                "p",
                "statement"
            },
        };
        for (String[] write : writes) {
            HttpResponse<String> written = call(Regions.US, write[0], write[1], "new");
            assertThat(written.statusCode()).as(written.body()).isEqualTo(200);
            String token = written.headers().firstValue(SESSION).orElse("");
            assertThat(call(Regions.EU, "GetItem", get(write[2]), token).body())
                    .as(write[0])
                    .contains(write[3]);
        }
    }

    @Test
    void aTokenGathersWhatWasWrittenInSeveralRegions() {
        String token = put(Regions.EU, "3", "eu", put(Regions.US, "2", "us", "new"));
        assertThat(call(Regions.AP, "GetItem", get("2"), token).body()).contains("\"us\"");
        HttpResponse<String> last = call(Regions.AP, "GetItem", get("3"), token);
        assertThat(last.body()).contains("\"eu\"");
        assertThat(last.headers().firstValue(SESSION))
                .as("a read gives it back")
                .hasValue(token);
    }

    @Test
    void aReadWaitsNoLongerThanIsSetAndComesAfterHealing() throws Exception {
        regions.control("POST", "links/us-east-1/eu-west-1:cut", "{}");
        String token = put(Regions.US, "4", "cut", "new");

        HttpResponse<String> late = call(Regions.EU, "GetItem", get("4"), token);
        assertThat(late.statusCode()).isEqualTo(500);
        assertThat(late.body())
                .isEqualTo("{\"__type\":\"com.amazonaws.dynamodb.v20120810#InternalServerError\",\"message\":"
                        + "\"This region has not yet applied what the session has written in others; try again\"}");
        assertThat(call(Regions.EU, "GetItem", get("4"), "").body()).isEqualTo("{}");
        assertThat(call(Regions.US, "GetItem", get("4"), token).body()).contains("cut");

        CompletableFuture<HttpResponse<String>> waiting =
                HTTP.sendAsync(request(Regions.EU, "GetItem", get("4"), token), HttpResponse.BodyHandlers.ofString());
        regions.control("POST", "heal", "{}");
        HttpResponse<String> answer = waiting.get();
        for (int tries = 0; answer.statusCode() == 500 && tries < 20; tries++) {
            answer = call(Regions.EU, "GetItem", get("4"), token);
        }
        assertThat(answer.body()).contains("cut");
    }

    @Test
    void aTokenOutlivesTheRegionThatGaveIt() {
        String token = put(Regions.US, "5", "before", "new");
        regions.control("POST", "regions/us-east-1:kill", "{}");
        regions.control("POST", "heal", "{}");
        assertThat(call(Regions.US, "GetItem", get("5"), token).body()).contains("before");
        assertThat(call(Regions.EU, "GetItem", get("5"), token).body()).contains("before");
    }

    @Test
    void whatIsNoTokenIsRefused() {
        HttpResponse<String> refused = call(Regions.US, "GetItem", get("1"), "mine");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .isEqualTo("{\"__type\":\"com.amazon.coral.validate#ValidationException\",\"message\":"
                        + "\"x-meridian-session is 'new' or a token that an answer carried\"}");
    }
}
