package dev.meridian.chaos.api;

import dev.meridian.node.stage.StageFailure;
import dev.meridian.table.operation.Answer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One request of a control API, and its one answer in JSON. */
public final class ControlExchange {

    /** What a resource makes of a request's body. */
    @FunctionalInterface
    public interface Meaning {

        /**
         * The answer; an IllegalArgumentException or IOException, thrown or completed with, is for the client to read, anything
         * else is an error of ours.
         */
        CompletionStage<byte[]> answer(Buffer body) throws IOException;
    }

    private ControlExchange() {}

    /** Answers on the context of the request; web pages of other origins may look, and change nothing. */
    public static void serve(HttpServerRequest request, Meaning meaning) {
        if (request.method() != HttpMethod.GET && request.getHeader("Origin") != null) {
            refuse(request, 403, "requests of web pages may not change anything here");
            return;
        }
        Context context = Vertx.currentContext();
        request.body()
                .onSuccess(body -> begin(meaning, body)
                        .whenComplete((json, failure) -> context.runOnContext(go -> {
                            if (failure == null) {
                                respond(request, 200, json);
                            } else {
                                Throwable cause = StageFailure.of(failure);
                                refuse(request, isForTheClient(cause) ? 400 : 500, String.valueOf(cause.getMessage()));
                            }
                        })));
    }

    private static CompletionStage<byte[]> begin(Meaning meaning, Buffer body) {
        try {
            return meaning.answer(body);
        } catch (IllegalArgumentException | IOException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private static boolean isForTheClient(Throwable cause) {
        return cause instanceof IllegalArgumentException || cause instanceof IOException;
    }

    private static void refuse(HttpServerRequest request, int status, String message) {
        respond(request, status, Answer.of(json -> json.writeStringField("error", message)));
    }

    private static void respond(HttpServerRequest request, int status, byte[] json) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(json));
    }
}
