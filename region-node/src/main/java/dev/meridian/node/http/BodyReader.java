package dev.meridian.node.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gathers one request's body, no larger than the service takes: 16 MB as sent and 16 MB inflated, declared or chunked. Lives
 * on the request's event loop. An oversize body is read to its end and thrown away, within limits, because a client that is
 * still sending would otherwise see a broken connection and no answer.
 */
final class BodyReader {

    static final int BODY_BYTES_MAX = 16 << 20;
    private static final long DRAINED_BYTES_MAX = 64L << 20;
    private static final int FIRST_BYTES = 16 << 10;
    private static final long BODY_MILLIS_MAX = 60_000;

    /** Why there is no body. */
    enum Failure {
        TOO_LARGE,
        NOT_GZIP,
        UNKNOWN_ENCODING,
        TOO_SLOW,
        TOO_MUCH_IN_FLIGHT
    }

    /** Takes what came. Exactly one of the two is called, once; neither where the client went away first. */
    interface Receiver {

        /** {@code held} is to be given back to the {@link BytesInFlight} when the body is no longer needed. */
        void whole(byte[] body, int held);

        void failed(Failure failure);
    }

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final BytesInFlight inFlight;
    private final Receiver receiver;
    private final long declared;
    private byte[] bytes = new byte[0];
    private int length;
    private int held;
    private int chunks;
    private long drained;
    private long deadline = -1;
    private @Nullable Failure failure;
    private boolean done;

    private BodyReader(Vertx vertx, HttpServerRequest request, BytesInFlight inFlight, Receiver receiver) {
        this.vertx = vertx;
        this.request = request;
        this.inFlight = inFlight;
        this.receiver = receiver;
        this.declared = declaredLength(request);
    }

    static void read(Vertx vertx, HttpServerRequest request, BytesInFlight inFlight, Receiver receiver) {
        BodyReader reader = new BodyReader(vertx, request, inFlight, receiver);
        if (reader.declared > BODY_BYTES_MAX) {
            reader.failure = Failure.TOO_LARGE;
        }
        request.handler(reader::chunk);
        request.endHandler(end -> reader.end());
        request.exceptionHandler(gone -> reader.finish());
    }

    private static long declaredLength(HttpServerRequest request) {
        String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return declared == null ? -1 : Long.parseLong(declared);
        } catch (NumberFormatException odd) {
            return -1;
        }
    }

    private void chunk(Buffer chunk) {
        if (done) {
            return;
        }
        if (++chunks == 2) {
            // Most bodies come in one piece; only one that does not gets a timer, against those that send it drop by
            // drop.
            deadline = vertx.setTimer(BODY_MILLIS_MAX, late -> fail(Failure.TOO_SLOW));
        }
        if (failure != null) {
            drain(chunk.length());
        } else if ((long) length + chunk.length() > BODY_BYTES_MAX) {
            refuse(Failure.TOO_LARGE, chunk.length());
        } else if (!inFlight.take(chunk.length())) {
            refuse(Failure.TOO_MUCH_IN_FLIGHT, chunk.length());
        } else {
            held += chunk.length();
            append(chunk);
        }
    }

    private void refuse(Failure why, int bytesOfChunk) {
        failure = why;
        drop();
        drain(bytesOfChunk);
    }

    private void drain(int bytesOfChunk) {
        drained += bytesOfChunk;
        if (drained > DRAINED_BYTES_MAX) {
            fail(Failure.TOO_LARGE);
        }
    }

    private void append(Buffer chunk) {
        int after = length + chunk.length();
        if (length == 0 && after == declared) {
            bytes = chunk.getBytes();
        } else {
            if (after > bytes.length) {
                long doubled = Math.max(FIRST_BYTES, Math.max(after, bytes.length * 2L));
                long bound = declared >= after ? declared : BODY_BYTES_MAX;
                bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, bound));
            }
            chunk.getBytes(bytes, length);
        }
        length = after;
    }

    private void end() {
        if (done) {
            return;
        }
        if (failure != null) {
            fail(failure);
            return;
        }
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        byte[] body = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        if (encoding == null || encoding.isEmpty() || encoding.equalsIgnoreCase("identity")) {
            whole(body);
        } else if (encoding.equalsIgnoreCase("gzip")) {
            inflate(body);
        } else {
            fail(Failure.UNKNOWN_ENCODING);
        }
    }

    /** Away from the event loop: sixteen megabytes take their time, and few clients compress. */
    private void inflate(byte[] body) {
        cancelDeadline();
        vertx.executeBlocking(() -> Gunzip.inflate(body, BODY_BYTES_MAX), false).onComplete(inflated -> {
            if (inflated.failed()) {
                fail(inflated.cause() instanceof Gunzip.MalformedGzipException ? Failure.NOT_GZIP : Failure.TOO_LARGE);
            } else if (!inFlight.take(inflated.result().length)) {
                fail(Failure.TOO_MUCH_IN_FLIGHT);
            } else {
                held += inflated.result().length;
                whole(inflated.result());
            }
        });
    }

    private void whole(byte[] body) {
        if (done) {
            drop();
            return;
        }
        int given = held;
        held = 0;
        finish();
        receiver.whole(body, given);
    }

    private void fail(Failure why) {
        if (!done) {
            finish();
            receiver.failed(why);
        }
    }

    private void finish() {
        done = true;
        cancelDeadline();
        drop();
    }

    private void cancelDeadline() {
        if (deadline >= 0) {
            vertx.cancelTimer(deadline);
            deadline = -1;
        }
    }

    private void drop() {
        inFlight.release(held);
        held = 0;
        bytes = new byte[0];
        length = 0;
    }
}
