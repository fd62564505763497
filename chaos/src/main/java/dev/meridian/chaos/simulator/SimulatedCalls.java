package dev.meridian.chaos.simulator;

import dev.meridian.replication.follower.Follower;
import dev.meridian.replication.link.PullAnswer;
import dev.meridian.replication.link.PullRequest;
import dev.meridian.replication.tombstone.Standing;
import java.util.function.Consumer;

/** What regions ask each other over the network, and what comes back. */
final class SimulatedCalls {

    private static final long PULL_TIMEOUT_MILLIS = 9_500;

    private final SimulatedNetwork network;
    private final Schedule schedule;
    private final ReplicaChanges replicas;

    SimulatedCalls(SimulatedNetwork network, Schedule schedule, ReplicaChanges replicas) {
        this.network = network;
        this.schedule = schedule;
        this.replicas = replicas;
    }

    /** Has a peer answer where it stands; what is meant for an earlier life of the asker gets lost. */
    void askStanding(SimulatedRegion from, SimulatedRegion to, Consumer<Standing> answered) {
        long life = from.life();
        network.carry(from.name + ">" + to.name, () -> {
            if (to.isAlive()) {
                to.standing(standing -> network.carry(to.name + ">" + from.name, () -> {
                    if (from.isAlive() && from.life() == life) {
                        answered.accept(standing);
                    }
                }));
            }
        });
    }

    /** Takes a pull to a peer; where no answer comes back in time it has come to nothing. */
    void pull(SimulatedRegion from, SimulatedRegion to, Follower.Effect.Pull pull) {
        long life = from.life();
        byte[] request = pull.request().encode();
        network.carry(from.name + ">" + to.name, () -> {
            if (to.isAlive() && replicas.isMember(to)) {
                to.pulled(from.name, PullRequest.decode(request), answer -> {
                    byte[] bytes = answer.encode();
                    network.carry(to.name + ">" + from.name, () -> {
                        if (from.isAlive() && from.life() == life) {
                            from.answered(to.name, pull.token(), PullAnswer.decode(bytes));
                        }
                    });
                });
            }
        });
        schedule.after(PULL_TIMEOUT_MILLIS, () -> {
            if (from.isAlive() && from.life() == life) {
                from.pullFailed(to.name, pull.token());
            }
        });
    }
}
