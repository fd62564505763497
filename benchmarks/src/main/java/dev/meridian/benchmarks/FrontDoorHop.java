package dev.meridian.benchmarks;

import dev.meridian.node.http.FrontDoor;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One request at a time over a connection that is kept: to the front door of three regions, and to a bare server that answers the
 * same. The difference is what the door costs.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FrontDoorHop extends Piece {

    private static final String HOST = "127.0.0.1";
    private static final String SIGNED = "AWS4-HMAC-SHA256 Credential=AKID/20310506/eu-west-1/dynamodb/aws4_request, "
            + "SignedHeaders=host, Signature=00";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private final Buffer request = Buffer.buffer(Samples.getItem());
    private final Buffer answer = Buffer.buffer(Samples.putItem());
    private final int barePort = vertx.createHttpServer()
            .requestHandler(this::answer)
            .listen(0, HOST)
            .map(HttpServer::actualPort)
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    private final int doorPort = new FrontDoor(
                    vertx, List.of("us-east-1", "eu-west-1", "ap-northeast-1"), region -> this::answer, List.of())
            .open(HOST, 0)
            .toCompletableFuture()
            .join();

    @Benchmark
    public Buffer bareServer() {
        return call(barePort);
    }

    @Benchmark
    public Buffer frontDoor() {
        return call(doorPort);
    }

    private void answer(HttpServerRequest incoming) {
        incoming.body().onSuccess(body -> incoming.response().end(answer));
    }

    private Buffer call(int port) {
        return client.request(HttpMethod.POST, port, HOST, "/")
                .compose(call -> call.putHeader("Authorization", SIGNED).send(request))
                .compose(HttpClientResponse::body)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @TearDown
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
