package dev.meridian.replication.link;

import java.util.concurrent.CompletionStage;

/** From this region to one peer, and back for the answer. */
public interface Link {

    /**
     * Asks the peer. Never blocks. Fails with {@link LinkException} when the request, the peer or the answer is lost or
     * late; the peer may have acted on it all the same, so everything that is asked must bear being asked again. Exchanges
     * are independent: they may overtake each other.
     */
    CompletionStage<byte[]> exchange(LinkRequest request);
}
