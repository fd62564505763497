package dev.meridian.chaos.route;

import dev.meridian.chaos.world.World;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.TimeUnit;

/**
 * Looks at every region again and again, as a client would: one ListTables at its own door, so that a region that refuses,
 * hangs or fails everything is found, too. Where the client chooses, nobody is looked at.
 */
public final class HealthChecks {

    private static final Buffer ONE_NAME = Buffer.buffer("{\"Limit\":1}");

    private final Vertx vertx;
    private final World world;
    private final String host;
    private final RegionRouting routing;
    private final HttpClient client;
    private volatile boolean stopped;

    /** {@code host} is where the regions' doors are. */
    public HealthChecks(Vertx vertx, World world, String host, RegionRouting routing) {
        this.vertx = vertx;
        this.world = world;
        this.host = host;
        this.routing = routing;
        this.client = vertx.createHttpClient();
    }

    /** Begins, and goes on until stopped. */
    public void start() {
        vertx.setTimer(routing.settings().checkMillis(), fired -> {
            if (!stopped) {
                look();
                start();
            }
        });
    }

    public void stop() {
        stopped = true;
        client.close();
    }

    private void look() {
        if (routing.settings().policy() != RoutePolicy.BY_SIGNATURE) {
            for (String region : world.regions()) {
                answers(region).onComplete(answer -> routing.seen(region, found(region, answer.succeeded())));
            }
        }
    }

    private Standing found(String region, boolean answers) {
        return !answers ? Standing.DEAD : WorldStanding.isCutOff(world, region) ? Standing.ISOLATED : Standing.LIVE;
    }

    private Future<Void> answers(String region) {
        return client.request(HttpMethod.POST, world.port(region), host, "/")
                .map(HealthChecks::addressed)
                .compose(request -> request.send(ONE_NAME))
                .compose(answer -> answer.statusCode() == 200
                        ? answer.end()
                        : Future.failedFuture("it answers " + answer.statusCode()))
                .timeout(routing.settings().timeoutMillis(), TimeUnit.MILLISECONDS);
    }

    private static HttpClientRequest addressed(HttpClientRequest request) {
        return request.putHeader("X-Amz-Target", "DynamoDB_20120810.ListTables")
                .putHeader("Content-Type", "application/x-amz-json-1.0");
    }
}
