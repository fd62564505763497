package dev.meridian.node.http;

import static dev.meridian.node.wire.RawHttp.ascii;
import static dev.meridian.node.wire.RawHttp.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.meridian.node.wire.RawHttp;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.EOFException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FrontDoorTest {

    private static final List<String> REGIONS = List.of("us-east-1", "eu-west-1", "ap-southeast-2");
    private static final Map<String, FrontDoor.RegionTarget> targets = new ConcurrentHashMap<>();
    private static final Vertx vertx = Vertx.vertx(
            new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
    private static int port;

    @BeforeAll
    static void open() {
        for (String region : REGIONS) {
            RegionDoor door = new RegionDoor(
                    vertx,
                    region,
                    (account, operation, body, answering) -> CompletableFuture.completedFuture(body),
                    InstantSource.fixed(OpenDoor.NOW),
                    new Random(1),
                    new RequestMetrics(region, () -> 0),
                    DoorGate.OPEN,
                    Sessions.NONE,
                    List.of());
            targets.put(region, door::handle);
        }
        targets.put("ap-southeast-2", request -> request.connection().close());
        HttpResource own = new HttpResource() {
            @Override
            public String pathPrefix() {
                return "/_meridian/";
            }

            @Override
            public void handle(HttpServerRequest request) {
                request.response().end("own");
            }
        };
        port = new FrontDoor(vertx, REGIONS, region -> targets.getOrDefault(region, request -> {}), List.of(own))
                .open("127.0.0.1", 0)
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static RawHttp.Response exchange(byte[] request) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            return http.exchange(request);
        }
    }

    private static String signedFor(String region) {
        return "Authorization: AWS4-HMAC-SHA256 Credential=AKID/20310506/" + region
                + "/dynamodb/aws4_request, SignedHeaders=host, Signature=00";
    }

    private static String reached(byte[] request) throws IOException {
        return exchange(request).header("x-meridian-region");
    }

    @Test
    void goesWhereTheRequestIsSignedFor() throws IOException {
        for (String region : List.of("us-east-1", "eu-west-1")) {
            assertThat(reached(call("GetItem", "{}", signedFor(region)))).isEqualTo(region);
        }
    }

    @Test
    void readsCredentialsWithoutSpacesBetweenThem() throws IOException {
        assertThat(reached(call(
                        "GetItem",
                        "{}",
                        "Authorization: AWS4-HMAC-SHA256 SignedHeaders=host,Credential=A_K-ID/20310506/eu-west-1/"
                                + "dynamodb/aws4_request,Signature=00")))
                .isEqualTo("eu-west-1");
    }

    @Test
    void goesWhereAPresignedRequestIsSignedFor() throws IOException {
        for (String slash : List.of("/", "%2F", "%2f")) {
            String line = "GET /?X-Amz-Credential=AKID" + slash + "20310506" + slash + "eu-west-1" + slash + "dynamodb"
                    + slash + "aws4_request&X-Amz-Date=20310506T070809Z HTTP/1.1\r\nHost: x\r\n\r\n";
            assertThat(exchange(ascii(line)).text()).isEqualTo("healthy: dynamodb.eu-west-1.amazonaws.com ");
        }
    }

    @Test
    void goesHomeWithoutASignature() throws IOException {
        assertThat(reached(call("GetItem", "{}"))).isEqualTo("us-east-1");
        assertThat(reached(call("GetItem", "{}", "Authorization: Basic eHg6eHg=")))
                .isEqualTo("us-east-1");
        assertThat(reached(call("GetItem", "{}", "Authorization: AWS4-HMAC-SHA256 Credential=AKID")))
                .isEqualTo("us-east-1");
    }

    @Test
    void goesHomeForRegionsThatAreNone() throws IOException {
        for (String none : List.of("local", "localhost", "")) {
            assertThat(reached(call("GetItem", "{}", signedFor(none)))).isEqualTo("us-east-1");
        }
    }

    @Test
    void saysWhichRegionsRunHere() throws IOException {
        RawHttp.Response response = exchange(call("GetItem", "{}", signedFor("eu-central-1")));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text())
                .isEqualTo("{\"__type\":\"com.amazon.coral.validate#ValidationException\",\"message\":"
                        + "\"region eu-central-1 is not running here (running: us-east-1, eu-west-1, ap-southeast-2); "
                        + "start with --regions us-east-1,eu-west-1,ap-southeast-2,eu-central-1\"}");
        assertThat(response.header("x-amz-crc32")).isNotEmpty();
    }

    @Test
    void repeatsNoMarkupOfAnUnknownRegion() throws IOException {
        assertThat(exchange(call("GetItem", "{}", signedFor("<b>\"x"))).text()).contains("region ?b??x is not");
    }

    @Test
    void readsTheBodyOfARefusedRequestBeforeTheNext() throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            assertThat(http.exchange(call("GetItem", "x".repeat(200_000), signedFor("eu-central-1")))
                            .status())
                    .isEqualTo(400);
            assertThat(http.exchange(call("GetItem", "{}", signedFor("eu-west-1")))
                            .text())
                    .isEqualTo("{}");
        }
    }

    @Test
    void servesItsOwnResourcesWhateverTheSignature() throws IOException {
        assertThat(exchange(ascii(
                                "GET /_meridian/x HTTP/1.1\r\nHost: localhost\r\n" + signedFor("mars-1") + "\r\n\r\n"))
                        .text())
                .isEqualTo("own");
    }

    @Test
    void leavesTheCallersOfADeadRegionWithoutAnAnswer() throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            assertThatThrownBy(() -> http.exchange(call("GetItem", "{}", signedFor("ap-southeast-2"))))
                    .isInstanceOfAny(EOFException.class, java.net.SocketException.class);
        }
        assertThat(reached(call("GetItem", "{}", signedFor("eu-west-1")))).isEqualTo("eu-west-1");
    }

    @Test
    void aPageThatWasReboundToThisMachineSteersNothing() throws IOException {
        assertThat(exchange(ascii("GET /_meridian/v1/world HTTP/1.1\r\nHost: evil.example:8000\r\n\r\n"))
                        .status())
                .isEqualTo(403);
        for (String host : List.of("localhost:8000", "127.0.0.1", "[::1]:8000", "meridian.localhost", "192.168.0.7")) {
            assertThat(exchange(ascii("GET /_meridian/v1/world HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                            .text())
                    .as(host)
                    .isEqualTo("own");
        }
    }
}
