package dev.meridian.node.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.meridian.node.stage.StageFailure;
import dev.meridian.storage.StoreException;
import dev.meridian.table.model.ServiceException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DynamoDB JSON 1.0 over HTTP: one request is an operation named in {@code X-Amz-Target} and a JSON body; the answer
 * carries a request id and a CRC32 of its body. What is wrong with a request is found in the service's order: its size, its
 * method and content type, its JSON, its target. Signatures are read by the front door for their region and otherwise not
 * checked.
 */
final class DynamoDbProtocol {

    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbProtocol.class);
    private static final String TARGET = "DynamoDB_20120810.";
    private static final String STREAMS_TARGET = "DynamoDBStreams_20120810.";
    private static final Set<String> STREAMS_OPERATIONS =
            Set.of("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams");
    private static final CharSequence JSON_1_1 = HttpHeaders.createOptimized("application/x-amz-json-1.1");
    private static final CharSequence PLAIN_JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain");
    /** What no name of a table has, nor its ARN. */
    private static final Pattern NO_NAME = Pattern.compile("[^a-zA-Z0-9_.:/-]");

    private static final byte[] NOT_A_CALL = "<UnknownOperationException/>\n".getBytes(StandardCharsets.US_ASCII);
    private static final String PREFLIGHT_SECONDS_MAX = "172800";
    private static final JsonFactory JSON = new JsonFactory();

    private final Vertx vertx;
    private final String region;
    private final OperationHandler operations;
    private final ServiceReply reply;
    private final RequestIds ids;
    private final RequestMetrics metrics;
    private final BytesInFlight inFlight;
    private final Sessions sessions;

    DynamoDbProtocol(
            Vertx vertx,
            String region,
            OperationHandler operations,
            InstantSource clock,
            RandomGenerator random,
            RequestMetrics metrics,
            BytesInFlight inFlight,
            Sessions sessions) {
        this.vertx = vertx;
        this.region = region;
        this.operations = operations;
        this.reply = new ServiceReply(region, clock);
        this.ids = new RequestIds(random);
        this.metrics = metrics;
        this.inFlight = inFlight;
        this.sessions = sessions;
    }

    void handle(HttpServerRequest request, Context context) {
        HttpMethod method = request.method();
        if (method == HttpMethod.POST) {
            BodyReader.read(vertx, request, inFlight, new BodyReader.Receiver() {
                @Override
                public void whole(byte[] body, int held) {
                    run(request, body, held, context);
                }

                @Override
                public void failed(BodyReader.Failure failure) {
                    refuse(request, failure);
                }
            });
        } else if (method == HttpMethod.GET && "/".equals(request.path())) {
            byte[] healthy = ("healthy: dynamodb." + region + ".amazonaws.com ").getBytes(StandardCharsets.UTF_8);
            reply.send(request, 200, TEXT, healthy, ids.next());
        } else if (method == HttpMethod.OPTIONS) {
            preflight(request);
        } else {
            reply.send(request, 404, TEXT, NOT_A_CALL, ids.next());
        }
    }

    private static void preflight(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "POST, GET, OPTIONS")
                .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS_MAX)
                .putHeader(HttpHeaders.SERVER, ServiceReply.SERVER);
        String headers = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        if (headers != null) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, headers);
        }
        response.end();
    }

    private void refuse(HttpServerRequest request, BodyReader.Failure failure) {
        String id = ids.next();
        switch (failure) {
            case TOO_LARGE -> refuseAndClose(request, 413, id);
            case TOO_SLOW -> refuseAndClose(request, 408, id);
            case NOT_GZIP ->
                fail(request, ServiceReply.JSON_1_0, coral("InternalFailure", 500, "The body is not gzip"), id);
            case UNKNOWN_ENCODING ->
                fail(
                        request,
                        ServiceReply.JSON_1_0,
                        coral("SerializationException", 400, "Content-Encoding is gzip, or not given"),
                        id);
            case TOO_MUCH_IN_FLIGHT ->
                fail(
                        request,
                        ServiceReply.JSON_1_0,
                        new ServiceException(
                                "com.amazon.coral.availability#ThrottlingException",
                                400,
                                "Too many bytes of requests are in flight; try again",
                                Map.of()),
                        id);
        }
    }

    private void refuseAndClose(HttpServerRequest request, int status, String id) {
        ServiceReply.closeAfter(request);
        reply.send(request, status, ServiceReply.JSON_1_0, new byte[0], id);
    }

    private void run(HttpServerRequest request, byte[] body, int held, Context context) {
        String id = ids.next();
        CharSequence contentType = contentType(request.getHeader(HttpHeaders.CONTENT_TYPE));
        if (contentType == null && body.length > 0) {
            inFlight.release(held);
            reply.send(request, 404, TEXT, NOT_A_CALL, id);
            return;
        }
        CharSequence answerType = contentType == null ? ServiceReply.JSON_1_0 : contentType;
        String operation = operation(request.getHeader("X-Amz-Target"));
        if (operation == null) {
            inFlight.release(held);
            // A body that is no JSON is found before a target that is none.
            fail(
                    request,
                    answerType,
                    isJson(body)
                            ? coral("UnknownOperationException", 400, "")
                            : coral("SerializationException", 400, ""),
                    id);
            return;
        }
        RequestMetrics.Timer timer = metrics.start(operation);
        String account = SignedAccount.of(request);
        String session = request.getHeader(ServiceReply.SESSION);
        CompletionStage<byte[]> answering = session == null
                ? start(account, operation, body, context)
                : startInSession(request, session, account, operation, body, context);
        answering.whenComplete((answer, failure) -> {
            inFlight.release(held);
            timer.stop(failure == null ? "ok" : outcome(failure));
            if (failure != null
                    && StageFailure.of(failure) instanceof ServiceException error
                    && error.status() >= 500) {
                metrics.faultInduced(tableIn(body), operation);
            }
            // In a task of its own even on this loop: so a turn first reads all requests, and then writes all answers.
            context.runOnContext(go -> respond(request, answerType, operation, id, answer, failure));
        });
    }

    /** A bug behind the door must not leave a client without an answer. */
    private CompletionStage<byte[]> start(String account, String operation, byte[] body, Context context) {
        try {
            return operations.handle(account, operation, body, task -> context.runOnContext(go -> task.run()));
        } catch (RuntimeException | Error bug) {
            return CompletableFuture.failedFuture(bug);
        }
    }

    /** Waits for what the session has written elsewhere, and gives its next token with the answer. */
    private CompletionStage<byte[]> startInSession(
            HttpServerRequest request, String session, String account, String operation, byte[] body, Context context) {
        return sessions.caughtUp(session)
                .thenCompose(done -> start(account, operation, body, context))
                .thenCompose(answer -> sessions.after(session, account, operation, body)
                        .thenApply(next -> {
                            if (!next.isEmpty()) {
                                request.response().putHeader(ServiceReply.SESSION, next);
                            }
                            return answer;
                        }));
    }

    private static @Nullable CharSequence contentType(@Nullable String given) {
        if (given == null) {
            return null;
        }
        if (given.startsWith("application/x-amz-json-1.0")) {
            return ServiceReply.JSON_1_0;
        }
        if (given.startsWith("application/x-amz-json-1.1")) {
            return JSON_1_1;
        }
        return given.startsWith("application/json") ? PLAIN_JSON : null;
    }

    private static @Nullable String operation(@Nullable String target) {
        if (target == null) {
            return null;
        }
        if (target.startsWith(TARGET)) {
            String operation = target.substring(TARGET.length());
            return STREAMS_OPERATIONS.contains(operation) ? null : operation;
        }
        if (target.startsWith(STREAMS_TARGET)) {
            String operation = target.substring(STREAMS_TARGET.length());
            return STREAMS_OPERATIONS.contains(operation) ? operation : null;
        }
        return null;
    }

    private static boolean isJson(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null) {
                parser.skipChildren();
            }
            return true;
        } catch (IOException malformed) {
            return false;
        }
    }

    /** The first table a request names; empty where it names none by that member. */
    private static String tableIn(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING && "TableName".equals(parser.currentName())) {
                    return NO_NAME.matcher(parser.getText()).replaceAll("");
                }
            }
        } catch (IOException malformed) {
            return "";
        }
        return "";
    }

    private static ServiceException coral(String name, int status, String text) {
        return new ServiceException("com.amazon.coral.service#" + name, status, text, Map.of());
    }

    private static String outcome(Throwable failure) {
        if (!(StageFailure.of(failure) instanceof ServiceException refused) || refused.status() >= 500) {
            return "system_error";
        }
        return refused.type().endsWith("ThrottlingException")
                        || refused.type().endsWith("ProvisionedThroughputExceededException")
                ? "throttled"
                : "user_error";
    }

    private void respond(
            HttpServerRequest request,
            CharSequence contentType,
            String operation,
            String id,
            byte @Nullable [] answer,
            @Nullable Throwable failure) {
        if (failure == null && answer != null) {
            reply.send(request, 200, contentType, answer, id);
            return;
        }
        Throwable cause = failure == null ? new IllegalStateException("no answer") : StageFailure.of(failure);
        if (cause instanceof ServiceException refused) {
            if (refused.status() >= 500) {
                LOG.warn("{} {} answered {}: {}, request {}", region, operation, refused.status(), cause, id);
            }
            fail(request, contentType, refused, id);
            return;
        }
        if (cause instanceof StoreException store) {
            // A disk that is full or broken fails every write: one line each, without the way there.
            LOG.warn("{} {} failed: {}, request {}", region, operation, store.getMessage(), id);
        } else {
            LOG.error("{} {} failed, request {}", region, operation, id, withoutText(cause));
        }
        fail(
                request,
                contentType,
                new ServiceException(
                        "com.amazonaws.dynamodb.v20120810#InternalServerError", 500, "Internal server error", Map.of()),
                id);
    }

    /** Where a bug happened; its text may hold parts of items, and those don't belong into logs. */
    private static Throwable withoutText(Throwable bug) {
        IllegalStateException place = new IllegalStateException(bug.getClass().getName());
        place.setStackTrace(bug.getStackTrace());
        Throwable cause = bug.getCause();
        if (cause != null && cause != bug) {
            place.initCause(withoutText(cause));
        }
        return place;
    }

    private void fail(HttpServerRequest request, CharSequence contentType, ServiceException error, String id) {
        reply.send(request, error.status(), contentType, ServiceReply.body(error), id);
    }
}
