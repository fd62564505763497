package dev.meridian.replication.link;

import java.util.concurrent.CompletionStage;

/** Answers what peers ask. */
@FunctionalInterface
public interface LinkHandler {

    /** Answers one request of a peer; must not block. */
    CompletionStage<byte[]> answer(String from, LinkRequest.Kind kind, byte[] body);
}
