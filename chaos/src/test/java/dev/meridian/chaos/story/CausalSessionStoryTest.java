package dev.meridian.chaos.story;

import static dev.meridian.chaos.story.Regions.AP;
import static dev.meridian.chaos.story.Regions.EU;
import static dev.meridian.chaos.story.Regions.US;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.settings.ServiceSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One client goes from Virginia, whose clock is an hour ahead, to Ireland: what it does there with its token comes after what it did
 * before, in every region; without the token it does not.
 */
class CausalSessionStoryTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String SESSION = "x-meridian-session";

    private Regions regions;

    @BeforeEach
    void start() {
        regions = Regions.globalWith(ServiceSettings.of("session-wait-seconds = 10"));
        regions.createTable("cart");
        regions.control("PUT", "regions/us-east-1/clock", "{\"offsetMillis\":3600000}");
        for (String other : List.of(EU, AP)) {
            regions.control("PUT", "links/us-east-1/" + other, "{\"oneWayMillis\":400}");
        }
    }

    @AfterEach
    void stop() {
        regions.close();
    }

    private HttpResponse<String> call(String region, String operation, String body, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + regions.frontPort()))
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=any/20310506/" + region
                                + "/dynamodb/aws4_request, SignedHeaders=host, Signature=00")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        try {
            return HTTP.send(
                    (token.isEmpty() ? request : request.header(SESSION, token)).build(),
                    HttpResponse.BodyHandlers.ofString());
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

    private HttpResponse<String> get(String region, String id, String token) {
        return call(region, "GetItem", "{'TableName':'cart','Key':{'id':{'S':'" + id + "'}}}", token);
    }

    @Test
    void writesOfASessionAreInItsOrderEverywhere() {
        // The control: Ireland does not know of the first write, and its clock is behind.
        put(US, "control", "first", "");
        put(EU, "control", "then", "");

        String token = put(US, "mine", "first", "new");
        String next = put(EU, "mine", "then", token);
        put(AP, "mine", "at last", next);

        assertThat(regions.converge()).isTrue();
        for (String region : List.of(US, EU, AP)) {
            assertThat(regions.get(region, "cart", "control")).isEqualTo("first");
            assertThat(regions.get(region, "cart", "mine")).isEqualTo("at last");
        }
        assertThat(regions.control("GET", "conflicts", ""))
                .contains("\"control\"")
                .doesNotContain("\"mine\"");
    }

    @Test
    void whatTheSessionHasSeenOfItsOwnDoesNotGoAway() {
        String token = put(US, "mine", "written", "new");
        for (String region : List.of(EU, US, AP, EU)) {
            HttpResponse<String> read = get(region, "mine", token);
            assertThat(read.body()).as(region).contains("written");
            token = read.headers().firstValue(SESSION).orElse(token);
        }
    }

    @Test
    void whatItReadOfOthersIsNotPromisedElsewhere() {
        put(US, "theirs", "of another client", "");
        HttpResponse<String> read = get(US, "theirs", "new");
        assertThat(read.body()).contains("of another client");
        assertThat(read.headers().firstValue(SESSION))
                .as("nothing to stand for")
                .isEmpty();
        assertThat(get(EU, "theirs", "new").body()).isEqualTo("{}");
    }

    @Test
    void aWriteComesAfterWhatItsRegionHasShown() {
        put(US, "answered", "a question", "");
        assertThat(regions.converge()).isTrue();
        assertThat(get(EU, "answered", "").body()).contains("a question");
        put(EU, "answered", "an answer", "");
        assertThat(regions.converge()).isTrue();
        assertThat(regions.get(US, "cart", "answered")).isEqualTo("an answer");
    }
}
