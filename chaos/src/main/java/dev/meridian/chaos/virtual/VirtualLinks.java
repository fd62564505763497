package dev.meridian.chaos.virtual;

import dev.meridian.chaos.fault.ChaosLinks;
import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.simulator.Schedule;
import dev.meridian.chaos.simulator.SimulatedRegion;
import dev.meridian.node.stage.StageEnd;
import dev.meridian.replication.follower.Follower;
import dev.meridian.replication.link.Link;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.replication.link.PullAnswer;
import dev.meridian.replication.link.PullRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The links between virtual regions: the real chaos links, and at the other end the region that is asked. */
final class VirtualLinks {

    private static final long PULL_TIMEOUT_MILLIS = Follower.PULL_MILLIS_MAX + 5_000;

    private final FaultBoard board;
    private final Schedule schedule;
    private final VirtualCalls calls;
    private final Function<String, SimulatedRegion> regions;
    private final Map<FaultBoard.Direction, Link> links = new HashMap<>();

    VirtualLinks(FaultBoard board, Schedule schedule, VirtualCalls calls, Function<String, SimulatedRegion> regions) {
        this.board = board;
        this.schedule = schedule;
        this.calls = calls;
        this.regions = regions;
    }

    /** Opens those of a region to all. */
    void open(String region, List<String> peers, SplittableRandom random) {
        ChaosLinks bent = new ChaosLinks(
                region,
                peer -> request -> answered(region, peer, request),
                board,
                schedule::after,
                schedule::nowMillis,
                random);
        for (String peer : peers) {
            links.put(new FaultBoard.Direction(region, peer), bent.to(peer));
        }
    }

    Link between(String from, String to) {
        Link link = links.get(new FaultBoard.Direction(from, to));
        if (link == null) {
            throw new IllegalStateException("no link to " + to);
        }
        return link;
    }

    private CompletableFuture<byte[]> answered(String from, String to, LinkRequest request) {
        SimulatedRegion peer = regions.apply(to);
        return calls.ask(peer, answer -> {
            if (request.kind() == LinkRequest.Kind.PULL) {
                peer.pulled(from, PullRequest.decode(request.body()), pulled -> answer.complete(pulled.encode()));
            } else {
                peer.agreement()
                        .answer(from, request)
                        .whenComplete((came, failure) -> StageEnd.passOn(answer, came, failure));
            }
        });
    }

    /** Takes a follower's pull to a peer, and the answer back, where the follower still lives. */
    void pull(SimulatedRegion from, String peer, Follower.Effect.Pull pull) {
        long life = from.life();
        LinkRequest request =
                new LinkRequest(LinkRequest.Kind.PULL, pull.request().encode(), PULL_TIMEOUT_MILLIS);
        between(from.name(), peer).exchange(request).whenComplete((answer, failure) -> {
            if (from.life() == life) {
                from.take(() -> {
                    if (answer != null) {
                        from.answered(peer, pull.token(), PullAnswer.decode(answer));
                    } else {
                        from.pullFailed(peer, pull.token());
                    }
                });
            }
        });
    }
}
