package dev.meridian.node.strong;

import dev.meridian.replication.consensus.ItemMessage;
import dev.meridian.replication.consensus.Listing;
import dev.meridian.replication.consensus.Reply;
import dev.meridian.replication.link.LinkHandler;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.replication.log.Wire;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers what peers ask about strongly consistent tables. */
public final class StrongLinks implements LinkHandler {

    private static final byte[] DONE = new byte[0];

    private final Acceptor acceptor;
    private final Listings listings;
    private final Witness witness;
    private final StrongGroups groups;
    private final Memory memory;

    StrongLinks(Acceptor acceptor, Listings listings, Witness witness, StrongGroups groups, Memory memory) {
        this.acceptor = acceptor;
        this.listings = listings;
        this.witness = witness;
        this.groups = groups;
        this.memory = memory;
    }

    @Override
    public CompletionStage<byte[]> answer(String from, LinkRequest.Kind kind, byte[] body) {
        return switch (kind) {
            case AGREE -> acceptor.take(ItemMessage.decode(body)).thenApply(Reply::encode);
            case LISTING -> {
                Listing.Request request = Listing.Request.decode(body);
                yield isServed(request.group()) && !memory.isLost()
                        ? CompletableFuture.completedFuture(
                                listings.page(request).encode())
                        : CompletableFuture.failedFuture(new IllegalStateException("no such table is agreed on here"));
            }
            case WITNESS -> {
                Wire.Reader in = new Wire.Reader(body);
                boolean isAsked = in.byteValue() == 1;
                String group = in.text();
                String acceptors = in.text();
                yield (isAsked ? witness.attend(group, acceptors) : witness.leave(group)).thenApply(done -> DONE);
            }
            case PULL, COPY, DIGESTS, ANNOUNCE, CATALOGUE, STANDING, ASSOCIATE, PERMIT ->
                CompletableFuture.failedFuture(new IllegalStateException("not about strong tables: " + kind));
        };
    }

    private boolean isServed(String group) {
        return groups.find(group).isPresent() || witness.attends(group);
    }

    /** Asks a region to witness a table, or to do so no longer. */
    static byte[] witnessRequest(String group, boolean attend, List<String> acceptors) {
        return new Wire.Writer(64)
                .byteValue(attend ? 1 : 0)
                .text(group)
                .text(String.join(",", acceptors))
                .toBytes();
    }
}
