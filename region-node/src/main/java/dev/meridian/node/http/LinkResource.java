package dev.meridian.node.http;

import dev.meridian.node.stage.StageFailure;
import dev.meridian.replication.link.LinkHandler;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.replication.log.MalformedBytesException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The receiving end of links. */
public final class LinkResource implements HttpResource {

    private static final Logger LOG = LoggerFactory.getLogger(LinkResource.class);

    private final LinkHandler handler;
    private final BytesInFlight inFlight = BytesInFlight.forThisHeap();
    private final AtomicLong malformed = new AtomicLong();

    public LinkResource(LinkHandler handler) {
        this.handler = handler;
    }

    @Override
    public String pathPrefix() {
        return HttpLinks.PATH;
    }

    @Override
    public void handle(HttpServerRequest request) {
        String from = request.getHeader(HttpLinks.FROM);
        LinkRequest.Kind kind = kind(request.path().substring(HttpLinks.PATH.length()));
        if (from == null || kind == null) {
            request.response().setStatusCode(404).end();
            return;
        }
        Context context = Vertx.currentContext();
        BodyReader.read(context.owner(), request, inFlight, new BodyReader.Receiver() {
            @Override
            public void whole(byte[] body, int held) {
                if (!BodySum.fits(request.getHeader(BodySum.HEADER), body)) {
                    inFlight.release(held);
                    request.response().setStatusCode(400).end();
                    return;
                }
                answer(from, kind, body).whenComplete((answer, failure) -> {
                    inFlight.release(held);
                    context.runOnContext(go -> respond(request.response(), from, kind, answer, failure));
                });
            }

            @Override
            public void failed(BodyReader.Failure failure) {
                request.response()
                        .setStatusCode(failure == BodyReader.Failure.TOO_LARGE ? 413 : 400)
                        .end();
            }
        });
    }

    private CompletionStage<byte[]> answer(String from, LinkRequest.Kind kind, byte[] body) {
        try {
            return handler.answer(from, kind, body);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Of the first, the second, the fourth and so on: whoever sends such requests cannot fill the log with them. */
    private void complain(String from, LinkRequest.Kind kind, MalformedBytesException garbled) {
        long count = malformed.incrementAndGet();
        if (Long.bitCount(count) == 1) {
            LOG.warn("{} sent a malformed {}, number {} of such: {}", from, kind, count, garbled.getMessage());
        }
    }

    private static LinkRequest.@Nullable Kind kind(String path) {
        try {
            return LinkRequest.Kind.valueOf(path.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    private void respond(
            HttpServerResponse response,
            String from,
            LinkRequest.Kind kind,
            byte @Nullable [] answer,
            @Nullable Throwable failure) {
        if (response.ended() || response.closed()) {
            return;
        }
        Throwable cause = failure == null ? null : StageFailure.of(failure);
        if (cause instanceof MalformedBytesException garbled) {
            complain(from, kind, garbled);
            response.setStatusCode(400).end();
        } else if (failure != null || answer == null) {
            LOG.debug("{} of a peer failed", kind, failure);
            response.setStatusCode(503).end();
        } else {
            response.putHeader("Content-Type", "application/octet-stream")
                    .putHeader(BodySum.HEADER, BodySum.of(answer))
                    .end(Buffer.buffer(answer));
        }
    }
}
