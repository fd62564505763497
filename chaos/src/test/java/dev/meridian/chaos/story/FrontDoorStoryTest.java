package dev.meridian.chaos.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A front door that chooses: where requests go while regions are live, draining, isolated and dead. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrontDoorStoryTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String QUICK = "\"checkMillis\":20,\"timeoutMillis\":2000,\"failures\":2,\"passes\":2";

    private final Regions regions = Regions.inMemory();

    @BeforeAll
    void table() {
        regions.createTable("cart");
    }

    @AfterEach
    void heal() {
        regions.control("POST", "heal", "{}");
        door("\"policy\":\"by-signature\",\"primary\":\"\",\"ttlMillis\":0");
    }

    @AfterAll
    void stop() {
        regions.close();
    }

    private void door(String fields) {
        assertThat(regions.control("PUT", "front-door", "{" + fields + "}")).contains("\"policy\"");
    }

    /** The region that answers a request signed for a region; empty where the connection breaks. */
    private String reached(String signedFor, String accessKey, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + regions.frontPort()))
                .header("X-Amz-Target", "DynamoDB_20120810.ListTables")
                .header("Content-Type", "application/x-amz-json-1.0")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=" + accessKey + "/20310506/" + signedFor
                                + "/dynamodb/aws4_request, SignedHeaders=host, Signature=00")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .headers()
                    .firstValue("x-meridian-region")
                    .orElse("");
        } catch (IOException broken) {
            return "";
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private void awaitStanding(String region, String standing) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!regions.control("GET", "front-door", "").contains("\"" + region + "\":\"" + standing + "\"")) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(region + " is not " + standing + " in time");
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void theClientChoosesUnlessToldOtherwise() {
        assertThat(reached(Regions.EU, "a")).isEqualTo(Regions.EU);
        regions.control("POST", "regions/eu-west-1:drain", "{}");
        assertThat(reached(Regions.EU, "a"))
                .as("a draining region serves who asks for it")
                .isEqualTo(Regions.EU);
        assertThat(regions.control("GET", "world", "")).contains("\"standing\":\"draining\"");
    }

    @Test
    void thePrimaryIsLeftWhenItDiesAndTakenBackWhenItIsWell() {
        door("\"policy\":\"primary\",\"primary\":\"eu-west-1\"," + QUICK);
        assertThat(reached(Regions.AP, "a")).isEqualTo(Regions.EU);

        regions.control("POST", "regions/eu-west-1:kill", "{}");
        awaitStanding(Regions.EU, "dead");
        assertThat(reached(Regions.EU, "a")).isEqualTo(Regions.US);

        regions.control("POST", "regions/eu-west-1:heal", "{}");
        awaitStanding(Regions.EU, "live");
        assertThat(reached(Regions.AP, "a")).isEqualTo(Regions.EU);
    }

    @Test
    void aRegionThatOnlyFailsIsFoundAsWell() {
        door("\"policy\":\"primary\"," + QUICK);
        regions.control("PATCH", "door/faults", "[{\"region\":\"us-east-1\",\"error\":{\"statusCode\":500}}]");
        awaitStanding(Regions.US, "dead");
        assertThat(reached(Regions.US, "a")).isEqualTo(Regions.EU);
    }

    @Test
    void aDrainedRegionIsLeftAtOnceAndServesWhatCame() {
        door("\"policy\":\"nearest\"," + QUICK);
        assertThat(reached(Regions.AP, "a")).isEqualTo(Regions.AP);
        assertThat(reached(Regions.US, "a", "x-meridian-client-region", "ap-northeast-1"))
                .isEqualTo(Regions.AP);

        assertThat(regions.control("POST", "regions/ap-southeast-2:drain", "{}"))
                .contains("\"undo\":\"POST /_meridian/v1/regions/ap-southeast-2:undrain\"");
        assertThat(reached(Regions.AP, "a")).isEqualTo(Regions.US);
        Regions.client(Regions.AP, regions.world().port(Regions.AP)).listTables();

        regions.control("POST", "regions/ap-southeast-2:undrain", "{}");
        assertThat(reached(Regions.AP, "a")).isEqualTo(Regions.AP);
    }

    @Test
    void anIsolatedRegionIsLeftForALinkedOne() {
        door("\"policy\":\"nearest\"," + QUICK);
        for (String other : new String[] {Regions.US, Regions.EU}) {
            regions.control("POST", "links/ap-southeast-2/" + other + ":cut", "{}");
            regions.control("POST", "links/" + other + "/ap-southeast-2:cut", "{}");
        }
        awaitStanding(Regions.AP, "isolated");
        assertThat(reached(Regions.AP, "a")).isEqualTo(Regions.US);
        assertThat(regions.control("GET", "world", "")).contains("\"standing\":\"isolated\"");
    }

    @Test
    void clientsGoOnWithTheOldAnswerForAWhile() {
        door("\"policy\":\"primary\",\"ttlMillis\":3600000," + QUICK);
        assertThat(reached(Regions.US, "early")).isEqualTo(Regions.US);

        regions.control("POST", "regions/us-east-1:kill", "{}");
        awaitStanding(Regions.US, "dead");
        assertThat(reached(Regions.US, "early"))
                .as("as with a name's old record")
                .isEmpty();
        assertThat(reached(Regions.US, "late")).as("the control: who asks now").isEqualTo(Regions.EU);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThat(regions.control("PUT", "front-door", "{\"policy\":\"random\"}"))
                .isEqualTo("{\"error\":\"a front door's policy is by-signature, primary or nearest, not 'random'\"}");
    }
}
