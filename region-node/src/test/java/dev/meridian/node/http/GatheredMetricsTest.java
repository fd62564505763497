package dev.meridian.node.http;

import static dev.meridian.node.wire.RawHttp.ascii;
import static dev.meridian.node.wire.RawHttp.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GatheredMetricsTest {

    private static final OperationHandler ECHO =
            (account, operation, body, answering) -> CompletableFuture.completedFuture(body);

    @Test
    void tellsWhatTheLiveRegionsTellAndTheStateOfAll() throws IOException {
        HttpResource regions = new HttpResource() {
            @Override
            public String pathPrefix() {
                return "/metrics";
            }

            @Override
            public void handle(HttpServerRequest request) {
                request.response().end("# TYPE a counter\na{region=\"us-east-1\"} 7\n");
            }
        };
        try (OpenDoor region = new OpenDoor(ECHO, DoorGate.OPEN, List.of(regions))) {
            GatheredMetrics gathered = new GatheredMetrics(
                    region.vertx,
                    () -> Map.of("eu-west-1", "killed"),
                    () -> Map.of("us-east-1", new PeerAddress("127.0.0.1", region.port)),
                    page -> page.add("b", "gauge", "", 1, "c", "d"));
            try (OpenDoor front = new OpenDoor(ECHO, DoorGate.OPEN, List.of(gathered))) {
                assertThat(front.exchange(ascii("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"))
                                .text())
                        .isEqualTo("""
                                # TYPE a counter
                                a{region="us-east-1"} 7
                                # TYPE meridian_region_state gauge
                                meridian_region_state{region="eu-west-1",state="killed"} 1
                                # TYPE b gauge
                                b{c="d"} 1
                                """);
                assertThat(front.exchange(call("GetItem", "{}")).status()).isEqualTo(200);
            }
        }
    }
}
