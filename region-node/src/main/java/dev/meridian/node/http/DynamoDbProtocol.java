package dev.meridian.node.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.meridian.table.model.ServiceException;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DynamoDB JSON 1.0 over HTTP: one request is an operation named in {@code X-Amz-Target} and a JSON body; the answer
 * carries a request id and a CRC32 of its body. Signatures are read by the front door for their region and otherwise not
 * checked.
 */
final class DynamoDbProtocol {

    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbProtocol.class);
    private static final String TARGET = "DynamoDB_20120810.";
    private static final CharSequence CONTENT_TYPE = HttpHeaders.createOptimized("application/x-amz-json-1.0");
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-amzn-RequestId");
    private static final CharSequence CRC = HttpHeaders.createOptimized("x-amz-crc32");
    private static final CharSequence REGION = HttpHeaders.createOptimized("x-meridian-region");
    private static final CharSequence SERVER = HttpHeaders.createOptimized("meridian");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
    private static final JsonFactory JSON = new JsonFactory();

    private final String region;
    private final OperationHandler operations;
    private final InstantSource clock;
    private final RequestIds ids;
    private final RequestMetrics metrics;
    private volatile CachedDate date = new CachedDate(0, "");

    private record CachedDate(long second, String text) {}

    DynamoDbProtocol(
            String region,
            OperationHandler operations,
            InstantSource clock,
            RandomGenerator random,
            RequestMetrics metrics) {
        this.region = region;
        this.operations = operations;
        this.clock = clock;
        this.ids = new RequestIds(random);
        this.metrics = metrics;
    }

    void handle(HttpServerRequest request, Context context) {
        HttpMethod method = request.method();
        if (method == HttpMethod.POST) {
            BodyReader.read(request, body -> run(request, body, context), failure -> refuseBody(request, failure));
        } else if (method == HttpMethod.GET && request.path().equals("/")) {
            request.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain")
                    .end("healthy: dynamodb." + region + ".amazonaws.com ");
        } else if (method == HttpMethod.OPTIONS) {
            preflight(request);
        } else {
            request.response()
                    .setStatusCode(404)
                    .putHeader(REQUEST_ID, ids.next())
                    .end("<UnknownOperationException/>\n");
        }
    }

    private static void preflight(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Access-Control-Allow-Methods", "POST, GET, OPTIONS")
                .putHeader("Access-Control-Max-Age", "172800");
        String headers = request.getHeader("Access-Control-Request-Headers");
        if (headers != null) {
            response.putHeader("Access-Control-Allow-Headers", headers);
        }
        response.end();
    }

    private void refuseBody(HttpServerRequest request, BodyReader.Failure failure) {
        if (failure == BodyReader.Failure.TOO_LARGE) {
            request.response()
                    .setStatusCode(413)
                    .putHeader(HttpHeaders.CONNECTION, "close")
                    .end();
        } else {
            fail(
                    request,
                    "",
                    new ServiceException(
                            "com.amazon.coral.service#InternalFailure", 500, "The body is not gzip", Map.of()),
                    ids.next());
        }
    }

    private void run(HttpServerRequest request, byte[] body, Context context) {
        String id = ids.next();
        String target = request.getHeader("X-Amz-Target");
        String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (contentType == null
                || !contentType.startsWith("application/x-amz-json-1.")
                        && !contentType.startsWith("application/json")) {
            request.response().setStatusCode(404).putHeader(REQUEST_ID, id).end("<UnknownOperationException/>\n");
            return;
        }
        if (target == null || !target.startsWith(TARGET)) {
            fail(
                    request,
                    "",
                    new ServiceException("com.amazon.coral.service#UnknownOperationException", 400, "", Map.of()),
                    id);
            return;
        }
        String operation = target.substring(TARGET.length());
        RequestMetrics.Timer timer = metrics.start(operation);
        operations
                .handle(operation, body, task -> context.runOnContext(go -> task.run()))
                .whenComplete((answer, failure) -> {
                    if (failure == null) {
                        timer.stop("ok");
                    } else {
                        timer.stop(outcome(failure));
                    }
                    if (io.vertx.core.Vertx.currentContext() == context) {
                        respond(request, operation, id, answer, failure);
                    } else {
                        context.runOnContext(go -> respond(request, operation, id, answer, failure));
                    }
                });
    }

    private static String outcome(Throwable failure) {
        return cause(failure) instanceof ServiceException refused && refused.status() < 500
                ? "user_error"
                : "system_error";
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private void respond(
            HttpServerRequest request,
            String operation,
            String id,
            byte @org.jspecify.annotations.Nullable [] answer,
            @org.jspecify.annotations.Nullable Throwable failure) {
        if (failure == null && answer != null) {
            send(request, 200, answer, id);
            return;
        }
        Throwable cause = failure == null ? new IllegalStateException("no answer") : cause(failure);
        if (cause instanceof ServiceException refused) {
            fail(request, operation, refused, id);
            return;
        }
        LOG.error("{} {} failed, request {}", region, operation, id, cause);
        fail(
                request,
                operation,
                new ServiceException(
                        "com.amazonaws.dynamodb.v20120810#InternalServerError", 500, "Internal server error", Map.of()),
                id);
    }

    private void fail(HttpServerRequest request, String operation, ServiceException error, String id) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("__type", error.type());
            String text = String.valueOf(error.getMessage());
            if (!text.isEmpty()) {
                json.writeStringField(error.type().contains("SerializationException") ? "Message" : "message", text);
            }
            for (Map.Entry<String, byte[]> member : error.members().entrySet()) {
                json.writeFieldName(member.getKey());
                json.writeRawValue(new String(member.getValue(), java.nio.charset.StandardCharsets.UTF_8));
            }
            json.writeEndObject();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        if (error.status() >= 500) {
            LOG.warn("{} {} answered {}: {}", region, operation, error.status(), error.getMessage());
        }
        send(request, error.status(), bytes.toByteArray(), id);
    }

    private void send(HttpServerRequest request, int status, byte[] body, String id) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        CRC32 crc = new CRC32();
        crc.update(body);
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE)
                .putHeader(REQUEST_ID, id)
                .putHeader(CRC, Long.toString(crc.getValue()))
                .putHeader(HttpHeaders.SERVER, SERVER)
                .putHeader(HttpHeaders.DATE, date())
                .putHeader(REGION, region);
        if (request.getHeader(HttpHeaders.ORIGIN) != null) {
            response.putHeader("Access-Control-Allow-Origin", "*");
        }
        response.end(Buffer.buffer(body));
    }

    /** The region's own idea of the time: SDKs set their clocks by it. */
    private String date() {
        long second = Math.floorDiv(clock.millis(), 1_000L);
        CachedDate cached = date;
        if (cached.second() != second) {
            cached = new CachedDate(second, HTTP_DATE.format(Instant.ofEpochSecond(second)));
            date = cached;
        }
        return cached.text();
    }
}
