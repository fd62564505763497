package dev.meridian.node.strong;

import dev.meridian.conflict.Version;
import dev.meridian.replication.consensus.AcceptorState;
import dev.meridian.replication.consensus.Listing;
import dev.meridian.replication.link.LinkException;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.replication.link.Links;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.key.KeyBytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Which versions regions have accepted in a range of keys: what a strong Query or Scan needs to find the items that are
 * behind here. This region and one other are a majority, so whatever was agreed on is in one of the two listings.
 */
final class Listings {

    private static final int ENTRIES_MAX = 1_000;
    private static final long TIMEOUT_MILLIS = 3_000;

    private final OrderedReader store;

    Listings(OrderedReader store) {
        this.store = store;
    }

    /** A page of what this region has accepted. */
    Listing page(Listing.Request request) {
        byte[] first = RowKeys.acceptor(request.group(), request.from());
        byte[] to = request.to();
        byte[] prefix = RowKeys.acceptor(request.group(), new byte[0]);
        byte[] end = to == null ? KeyRange.successorOfPrefix(prefix) : RowKeys.acceptor(request.group(), to);
        List<Listing.Entry> entries = new ArrayList<>();
        byte[][] next = new byte[1][];
        store.scan(new KeyRange(first, end), Direction.ASCENDING, (row, value) -> {
            byte[] accepted = AcceptorState.decode(value).value();
            if (accepted == null) {
                return true;
            }
            byte[] key = java.util.Arrays.copyOfRange(row, prefix.length, row.length);
            entries.add(
                    new Listing.Entry(key, StampedImage.decode(accepted).stamp().version()));
            if (entries.size() == ENTRIES_MAX) {
                next[0] = KeyBytes.after(key);
                return false;
            }
            return true;
        });
        return new Listing(entries, next[0]);
    }

    /** The same of whichever other region answers first; fails where none does. */
    CompletionStage<Listing> ofPeers(
            StrongGroups.Group group, String here, Links links, byte[] from, byte @Nullable [] to) {
        CompletableFuture<Listing> first = new CompletableFuture<>();
        List<String> peers =
                group.acceptors().stream().filter(peer -> !peer.equals(here)).toList();
        AtomicInteger left = new AtomicInteger(peers.size());
        for (String peer : peers) {
            ofPeer(group.id(), peer, links, from, to).whenComplete((page, failure) -> {
                if (failure == null) {
                    first.complete(page);
                } else if (left.decrementAndGet() == 0) {
                    first.completeExceptionally(new LinkException("no other region can be reached"));
                }
            });
        }
        return first;
    }

    /** A page of what one other region has accepted. */
    CompletionStage<Listing> ofPeer(String group, String peer, Links links, byte[] from, byte @Nullable [] to) {
        byte[] request = new Listing.Request(group, from, to).encode();
        return links.to(peer)
                .exchange(new LinkRequest(LinkRequest.Kind.LISTING, request, TIMEOUT_MILLIS))
                .thenApply(Listing::decode);
    }

    /** The items of a peer's page, or of its range here, whose row is behind what one of the two has accepted. */
    List<ItemKey> late(StrongGroups.Group group, byte[] from, byte @Nullable [] to, Listing peers) {
        Map<ItemKey, Version> accepted = new LinkedHashMap<>();
        peers.entries().forEach(entry -> accepted.put(new ItemKey(entry.key()), entry.version()));
        byte[] end = peers.next() == null ? to : peers.next();
        byte[] start = from;
        while (start != null) {
            Listing mine = page(new Listing.Request(group.id(), start, end));
            mine.entries()
                    .forEach(entry -> accepted.merge(
                            new ItemKey(entry.key()), entry.version(), (a, b) -> a.compareTo(b) >= 0 ? a : b));
            start = mine.next();
        }
        List<ItemKey> late = new ArrayList<>();
        accepted.forEach((key, version) -> {
            byte[] row = store.get(RowKeys.item(group.table().number(), key.bytes()));
            if (row == null || !StrongTables.isAsLate(row, version)) {
                late.add(key);
            }
        });
        return late;
    }
}
