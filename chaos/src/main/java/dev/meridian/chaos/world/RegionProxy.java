package dev.meridian.chaos.world;

import dev.meridian.node.http.FrontDoor;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CompletionStage;

/** Passes requests on to regions in other processes, byte for byte. A broken connection there is one here. */
final class RegionProxy {

    private static final int CONNECTIONS_MAX = 512;

    private final String host;
    private final HttpClient client;

    RegionProxy(Vertx vertx, String host) {
        this.host = host;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setTcpNoDelay(true), new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX));
    }

    FrontDoor.RegionTarget to(int port) {
        return request -> forward(request, port);
    }

    private void forward(HttpServerRequest request, int port) {
        request.pause();
        client.request(new RequestOptions()
                        .setMethod(request.method())
                        .setHost(host)
                        .setPort(port)
                        .setURI(request.uri()))
                .compose(onward -> {
                    onward.headers().setAll(request.headers());
                    return onward.send(request);
                })
                .compose(answer -> answer.body().onSuccess(body -> back(answer, body, request.response())))
                .onFailure(broken -> request.connection().close());
    }

    /** Answers are small enough to be taken whole; a client that has gone meanwhile gets nothing. */
    private static void back(HttpClientResponse answer, Buffer body, HttpServerResponse response) {
        if (response.closed()) {
            return;
        }
        response.setStatusCode(answer.statusCode());
        response.headers().setAll(answer.headers());
        response.headers().remove(HttpHeaders.TRANSFER_ENCODING);
        response.end(body);
    }

    /** Sends a body to a region and waits until it has been taken. */
    CompletionStage<Void> post(int port, String path, byte[] body) {
        return client.request(HttpMethod.POST, port, host, path)
                .compose(request -> request.send(Buffer.buffer(body)))
                .compose(HttpClientResponse::end)
                .toCompletionStage();
    }

    void close() {
        client.close();
    }
}
