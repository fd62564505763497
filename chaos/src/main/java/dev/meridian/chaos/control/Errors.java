package dev.meridian.chaos.control;

import dev.meridian.table.operation.Answer;

/** What the control API says when it refuses. */
final class Errors {

    private Errors() {}

    static byte[] body(String message) {
        return Answer.of(json -> json.writeStringField("error", message));
    }
}
