package dev.meridian.node.http;

import static dev.meridian.node.wire.RawHttp.ascii;
import static dev.meridian.node.wire.RawHttp.call;
import static dev.meridian.node.wire.RawHttp.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.wire.RawHttp;
import dev.meridian.table.model.ServiceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DynamoDbProtocolTest {

    private static OpenDoor open;

    @BeforeAll
    static void openDoor() {
        open = new OpenDoor((account, operation, body, answering) -> answer(operation, body));
    }

    @AfterAll
    static void closeDoor() {
        open.close();
    }

    private static CompletionStage<byte[]> answer(String operation, byte[] body) {
        return switch (operation) {
            case "GetItem" -> CompletableFuture.completedFuture(body);
            case "PutItem" -> CompletableFuture.supplyAsync(() -> body);
            case "DeleteItem" -> throw new IllegalStateException("a bug with secret contents");
            case "Scan" -> CompletableFuture.failedFuture(new IllegalStateException("a later bug"));
            case "Query" -> throw new StackOverflowError();
            case "UpdateItem" ->
                CompletableFuture.failedFuture(new ServiceException(
                        "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
                        400,
                        "The conditional request failed",
                        Map.of("Item", ascii("{\"id\":{\"S\":\"1\"}}"))));
            case "ListTables" ->
                CompletableFuture.failedFuture(new ServiceException(
                        "com.amazon.coral.service#SerializationException", 400, "Start of list", Map.of()));
            default ->
                CompletableFuture.failedFuture(
                        new ServiceException("com.amazon.coral.service#UnknownOperationException", 400, "", Map.of()));
        };
    }

    private static byte[] post(String headers, String body) {
        return join(
                ascii("POST / HTTP/1.1\r\nHost: x\r\n" + headers + "Content-Length: "
                        + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void answersWithTheServicesHeaders() throws IOException {
        RawHttp.Response response = open.exchange(call("GetItem", "{\"é\":1}"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("{\"é\":1}");
        assertThat(response.header("Content-Type")).isEqualTo("application/x-amz-json-1.0");
        assertThat(response.header("x-amzn-RequestId")).matches("[A-Z0-9]{52}");
        CRC32 crc = new CRC32();
        crc.update(response.body());
        assertThat(response.header("x-amz-crc32")).isEqualTo(Long.toString(crc.getValue()));
        assertThat(response.header("Server")).startsWith("meridian/");
        assertThat(response.header("x-meridian-region")).isEqualTo("us-east-1");
    }

    @Test
    void tellsTheTimeOfTheRegionsClock() throws IOException {
        assertThat(open.exchange(call("GetItem", "{}")).header("Date")).isEqualTo("Tue, 6 May 2031 07:08:09 GMT");
    }

    @Test
    void givesEveryRequestItsOwnId() throws IOException {
        try (RawHttp http = open.connect()) {
            String first = http.exchange(call("GetItem", "{}")).header("x-amzn-RequestId");
            String second = http.exchange(call("GetItem", "{}")).header("x-amzn-RequestId");
            assertThat(first).isNotEqualTo(second);
        }
    }

    @Test
    void answersInTheContentTypeOfTheRequest() throws IOException {
        String target = "X-Amz-Target: DynamoDB_20120810.GetItem\r\n";
        for (String type : new String[] {"application/json", "application/x-amz-json-1.1"}) {
            RawHttp.Response response = open.exchange(post(target + "Content-Type: " + type + "\r\n", "{}"));
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Content-Type")).isEqualTo(type);
        }
    }

    @Test
    void refusesAnotherContentTypeBeforeTheTarget() throws IOException {
        RawHttp.Response response = open.exchange(post("Content-Type: text/plain\r\n", "{}"));

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.text()).isEqualTo("<UnknownOperationException/>\n");
        assertThat(response.header("x-amzn-RequestId")).hasSize(52);
    }

    @Test
    void refusesMalformedJsonBeforeTheTarget() throws IOException {
        RawHttp.Response response = open.exchange(post("Content-Type: application/x-amz-json-1.0\r\n", "{\"a\""));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).isEqualTo("{\"__type\":\"com.amazon.coral.service#SerializationException\"}");
    }

    @Test
    void refusesTargetsThatAreNone() throws IOException {
        String type = "Content-Type: application/x-amz-json-1.0\r\n";
        String[] targets = {
            "",
            "X-Amz-Target: \r\n",
            "X-Amz-Target: GetItem\r\n",
            "X-Amz-Target: DynamoDB_20111205.GetItem\r\n",
            "X-Amz-Target: DynamoDB_20120810.NoSuchThing\r\n",
            "X-Amz-Target: DynamoDB_20120810.GetRecords\r\n",
            "X-Amz-Target: DynamoDBStreams_20120810.GetItem\r\n"
        };
        for (String target : targets) {
            RawHttp.Response response = open.exchange(post(type + target, "{}"));
            assertThat(response.status()).as(target).isEqualTo(400);
            assertThat(response.text())
                    .as(target)
                    .isEqualTo("{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}");
        }
    }

    @Test
    void addsAnErrorsMembersToItsBody() throws IOException {
        assertThat(open.exchange(call("UpdateItem", "{}")).text())
                .isEqualTo("{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
                        + "\"message\":\"The conditional request failed\",\"Item\":{\"id\":{\"S\":\"1\"}}}");
    }

    @Test
    void writesTheTextOfSerializationErrorsInUpperCase() throws IOException {
        assertThat(open.exchange(call("ListTables", "{}")).text())
                .isEqualTo("{\"__type\":\"com.amazon.coral.service#SerializationException\","
                        + "\"Message\":\"Start of list\"}");
    }

    @Test
    void answersBugsWithoutTellingWhatTheyHeld() throws IOException {
        try (RawHttp http = open.connect()) {
            for (String operation : new String[] {"DeleteItem", "Scan", "Query"}) {
                RawHttp.Response response = http.exchange(call(operation, "{}"));
                assertThat(response.status()).as(operation).isEqualTo(500);
                assertThat(response.text())
                        .isEqualTo("{\"__type\":\"com.amazonaws.dynamodb.v20120810#InternalServerError\","
                                + "\"message\":\"Internal server error\"}");
            }
        }
    }

    @Test
    void saysThatItIsHealthy() throws IOException {
        RawHttp.Response response = open.exchange(ascii("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));

        assertThat(response.text()).isEqualTo("healthy: dynamodb.us-east-1.amazonaws.com ");
        assertThat(response.header("Server")).startsWith("meridian/");
    }

    @Test
    void answersOtherMethodsLikeTheService() throws IOException {
        for (String line : new String[] {"PUT /", "DELETE /", "GET /tables"}) {
            RawHttp.Response response =
                    open.exchange(ascii(line + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"));
            assertThat(response.status()).as(line).isEqualTo(404);
            assertThat(response.text()).isEqualTo("<UnknownOperationException/>\n");
        }
    }

    @Test
    void answersTheQuestionBrowsersAskFirst() throws IOException {
        RawHttp.Response response = open.exchange(ascii("OPTIONS / HTTP/1.1\r\nHost: x\r\nOrigin: http://app\r\n"
                + "Access-Control-Request-Method: POST\r\n"
                + "Access-Control-Request-Headers: x-amz-target,content-type\r\n\r\n"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(response.header("Access-Control-Allow-Headers")).isEqualTo("x-amz-target,content-type");
        assertThat(response.header("Access-Control-Allow-Methods")).contains("POST");
    }

    @Test
    void letsBrowsersSeeTheChecksum() throws IOException {
        RawHttp.Response response = open.exchange(call("GetItem", "{}", "Origin: http://app"));

        assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(response.header("Access-Control-Expose-Headers")).contains("x-amz-crc32");
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws IOException {
        try (RawHttp http = open.connect()) {
            byte[] all = new byte[0];
            for (int i = 0; i < 20; i++) {
                all = join(all, call(i % 2 == 0 ? "PutItem" : "GetItem", Integer.toString(i)));
            }
            http.send(all);
            for (int i = 0; i < 20; i++) {
                assertThat(http.receive().text()).isEqualTo(Integer.toString(i));
            }
        }
    }

    @Test
    void countsRequestsByOperationAndOutcome() throws IOException {
        open.exchange(call("UpdateItem", "{}"));
        open.exchange(call("NoSuchThing\u00e9", "{}"));

        assertThat(open.metrics.prometheus())
                .contains("meridian_requests_seconds_count{region=\"us-east-1\",operation=\"UpdateItem\","
                        + "outcome=\"user_error\"}")
                .contains("operation=\"unknown\"");
    }
}
