package dev.meridian.node.http;

import dev.meridian.replication.link.Link;
import dev.meridian.replication.link.LinkException;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.replication.link.Links;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Links over HTTP: each exchange is a POST to the peer's door. */
public final class HttpLinks implements Links {

    static final String PATH = "/_meridian/link/v1/";
    static final String FROM = "x-meridian-from";
    /** More than the pulls a follower keeps parked at one peer, and the copies and announcements beside them. */
    private static final int CONNECTIONS_MAX = 64;

    private static final int CONNECT_MILLIS_MAX = 2_000;

    private final Vertx vertx;
    private final String region;
    private final HttpClient client;
    private final Function<String, Optional<PeerAddress>> directory;

    /** {@code directory} tells where a region's door is, if that is known. */
    public HttpLinks(Vertx vertx, String region, Function<String, Optional<PeerAddress>> directory) {
        this.vertx = vertx;
        this.region = region;
        this.directory = directory;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setTcpNoDelay(true).setKeepAlive(true).setConnectTimeout(CONNECT_MILLIS_MAX),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX));
    }

    @Override
    public Link to(String peer) {
        return request -> directory
                .apply(peer)
                .map(address -> exchange(peer, address, request))
                .orElseGet(
                        () -> CompletableFuture.failedFuture(new LinkException("nobody knows where " + peer + " is")));
    }

    private CompletionStage<byte[]> exchange(String peer, PeerAddress address, LinkRequest request) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(address.host())
                .setPort(address.port())
                .setURI(PATH + request.kind().path())
                .setIdleTimeout(request.timeoutMillis());
        return OnLoop.exchange(
                        vertx,
                        () -> client.request(options)
                                .compose(post -> post.putHeader(FROM, region)
                                        .putHeader(BodySum.HEADER, BodySum.of(request.body()))
                                        .send(Buffer.buffer(request.body())))
                                .compose(response -> body(peer, response)))
                .recover(failure -> Future.failedFuture(new LinkException(peer + ": " + failure.getMessage())))
                .toCompletionStage();
    }

    private static Future<byte[]> body(String peer, HttpClientResponse response) {
        if (response.statusCode() != 200) {
            return Future.failedFuture(new LinkException(peer + " answered " + response.statusCode()));
        }
        String sum = response.getHeader(BodySum.HEADER);
        return response.body()
                .map(Buffer::getBytes)
                .compose(body -> BodySum.fits(sum, body)
                        ? Future.succeededFuture(body)
                        : Future.failedFuture(new LinkException("what " + peer + " answered has been garbled")));
    }

    /** Drops every connection. */
    public void close() {
        client.close();
    }
}
