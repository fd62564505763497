package dev.meridian.node.strong;

import dev.meridian.replication.consensus.Listing;
import dev.meridian.replication.consensus.Outcome;
import dev.meridian.replication.link.LinkException;
import dev.meridian.replication.link.Links;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a region back what it has forgotten: for every item that another region has accepted something for, a ballot that all
 * three take part in. It needs both of the others; until they can be reached the region goes on without a say.
 */
final class Rejoin implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Rejoin.class);

    private final String region;
    private final Links links;
    private final Memory memory;
    private final StrongGroups groups;
    private final Witness witness;
    private final Listings listings;
    private final Agreement agreement;
    private final AtomicBoolean underWay = new AtomicBoolean();

    Rejoin(
            String region,
            Links links,
            Memory memory,
            StrongGroups groups,
            Witness witness,
            Listings listings,
            Agreement agreement) {
        this.region = region;
        this.links = links;
        this.memory = memory;
        this.groups = groups;
        this.witness = witness;
        this.listings = listings;
        this.agreement = agreement;
    }

    @Override
    public void run() {
        if (!memory.canBeRegained() || !underWay.compareAndSet(false, true)) {
            return;
        }
        Map<String, List<String>> all = new LinkedHashMap<>(witness.groups());
        groups.all().forEach(group -> all.put(group.id(), group.acceptors()));
        CompletionStage<Void> regained = CompletableFuture.completedFuture(null);
        for (Map.Entry<String, List<String>> group : all.entrySet()) {
            List<String> others = new ArrayList<>(group.getValue());
            others.remove(region);
            for (String peer : others) {
                regained = regained.thenCompose(done -> regain(group.getKey(), group.getValue(), peer, new byte[0]));
            }
        }
        regained.whenComplete((done, failure) -> {
            if (failure == null) {
                memory.regained();
                LOG.info("{}: has a say in strongly consistent tables again", region);
            }
            underWay.set(false);
        });
    }

    private CompletionStage<Void> regain(String group, List<String> acceptors, String peer, byte[] from) {
        return listings.ofPeer(group, peer, links, from, null).thenCompose(page -> {
            CompletionStage<Void> regained = CompletableFuture.completedFuture(null);
            for (Listing.Entry entry : page.entries()) {
                regained = regained.thenCompose(done -> regainItem(group, acceptors, entry.key()));
            }
            byte[] next = page.next();
            return next == null ? regained : regained.thenCompose(done -> regain(group, acceptors, peer, next));
        });
    }

    private CompletionStage<Void> regainItem(String group, List<String> acceptors, byte[] key) {
        return agreement.runWithAll(group, acceptors, key).thenAccept(outcome -> {
            if (!(outcome instanceof Outcome.Kept)) {
                throw new LinkException("not every region can be reached");
            }
        });
    }
}
