package dev.meridian.gatling.bench;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;

/**
 * The ceiling: a bare Vert.x server that takes the same bytes and answers as many. PutItem gets its own body back, GetItem
 * the item every round writes.
 */
public final class Echo {

    private Echo() {}

    /** Serves on the port given, items of the size given, until killed, with as many event loops as there are cores. */
    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        int port = Integer.parseInt(arguments[0]);
        Buffer item = Buffer.buffer(new Workload(1, Integer.parseInt(arguments[1])).answer());
        for (int loop = 0; loop < Runtime.getRuntime().availableProcessors(); loop++) {
            vertx.deployVerticle(new VerticleBase() {
                @Override
                public Future<?> start() {
                    return vertx.createHttpServer(new HttpServerOptions().setTcpNoDelay(true))
                            .requestHandler(request -> request.body().onSuccess(body -> {
                                String target = String.valueOf(request.getHeader("X-Amz-Target"));
                                request.response().end(target.endsWith("GetItem") ? item : body);
                            }))
                            .listen(port, "127.0.0.1");
                }
            });
        }
    }
}
