package dev.meridian.node.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The front door's {@code /metrics}: what each region's own door tells, and each region's state. A region that doesn't answer
 * in time is left out, but for its state.
 */
public final class GatheredMetrics implements HttpResource {

    private static final long PATIENCE_SECONDS = 5;

    private final HttpClient client;
    private final Supplier<Map<String, String>> states;
    private final Supplier<Map<String, PeerAddress>> doors;
    private final Consumer<PrometheusText> faults;

    /**
     * @param states each region's state
     * @param doors where the doors of the live regions are
     * @param faults adds what is wrong on purpose
     */
    public GatheredMetrics(
            Vertx vertx,
            Supplier<Map<String, String>> states,
            Supplier<Map<String, PeerAddress>> doors,
            Consumer<PrometheusText> faults) {
        this.client = vertx.createHttpClient();
        this.states = states;
        this.doors = doors;
        this.faults = faults;
    }

    @Override
    public String pathPrefix() {
        return "/metrics";
    }

    @Override
    public void handle(HttpServerRequest request) {
        Context context = Vertx.currentContext();
        List<Future<String>> told = new ArrayList<>();
        doors.get().values().forEach(door -> told.add(ask(door)));
        Future.join(told)
                .onComplete(done -> context.runOnContext(go -> {
                    PrometheusText page = new PrometheusText();
                    told.forEach(text -> page.addAll(text.result()));
                    states.get()
                            .forEach((region, state) -> page.add(
                                    "meridian_region_state", "gauge", "", 1, "region", region, "state", state));
                    faults.accept(page);
                    request.response()
                            .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4")
                            .putHeader(HttpHeaders.SERVER, ServiceReply.SERVER)
                            .end(Buffer.buffer(page.toString()));
                }));
    }

    private Future<String> ask(PeerAddress door) {
        return client.request(HttpMethod.GET, door.port(), door.host(), "/metrics")
                .compose(asking -> asking.send())
                .compose(answer -> answer.body().map(body -> answer.statusCode() == 200 ? body.toString() : ""))
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .otherwise("");
    }
}
