package dev.meridian.chaos.simulator;

import dev.meridian.chaos.linearizability.RegisterOperation;
import dev.meridian.replication.consensus.Ballot;
import dev.meridian.replication.consensus.Change;
import dev.meridian.replication.consensus.Lead;
import dev.meridian.replication.consensus.Message;
import dev.meridian.replication.consensus.Outcome;
import dev.meridian.replication.consensus.Proposer;
import dev.meridian.replication.consensus.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One operation of a client, from its beginning to its end or its region's. */
final class ConsensusCall {

    private static final long TIMEOUT_MILLIS = 400;

    private final ConsensusSimulation simulation;
    private final ConsensusRegion region;
    private final String key;
    private final Change change;
    private final @Nullable String written;
    private final int life;
    private final Proposer proposer;
    private final long begin;
    private boolean hasEnded;

    ConsensusCall(
            ConsensusSimulation simulation,
            ConsensusRegion region,
            String key,
            Change change,
            @Nullable String written) {
        this.simulation = simulation;
        this.region = region;
        this.key = key;
        this.change = change;
        this.written = written;
        this.life = region.life();
        this.begin = simulation.history().tick();
        long seen = region.acceptor().state(key).promised().counter();
        if (simulation.bug() == ConsensusBug.BALLOT_USED_AGAIN) {
            seen = region.prepared(key) - 1;
        }
        this.proposer = new Proposer(ConsensusSimulation.NAMES, change, region.ballots(), seen, simulation.random());
        Lead lead = written == null ? null : region.takeLead(key);
        boolean isTaken = simulation.bug() == ConsensusBug.LEAD_WITHOUT_PROMISE
                && lead != null
                && region.acceptor().state(key).accepted().equals(lead.base());
        if (lead != null && (isTaken || lead.isIn(region.acceptor().state(key)))) {
            proposer.remembering(
                    new Lead.Taken(lead, region.acceptor().state(key).value()));
        }
    }

    void begin() {
        simulation.trace(region.name() + " " + key + " " + (written == null ? "read" : "write " + written));
        if (written != null) {
            record(RegisterOperation.NEVER, intent(written));
        }
        if (written == null && simulation.bug() == ConsensusBug.READ_FROM_ONE) {
            end(new Outcome.Kept(region.acceptor().state(key).value()));
        } else {
            run(proposer.start(simulation.nowMillis()));
        }
    }

    private RegisterOperation.Effect intent(String value) {
        return change instanceof ConsensusClient client && client.expected() != null
                ? new RegisterOperation.Swap(client.expected(), value)
                : new RegisterOperation.Write(value);
    }

    private void record(long end, RegisterOperation.Effect effect) {
        simulation.history().record(key, begin, end, effect);
    }

    private void run(List<Proposer.Effect> effects) {
        for (Proposer.Effect effect : effects) {
            if (effect instanceof Proposer.Effect.Send send) {
                send(send);
            } else if (effect instanceof Proposer.Effect.Wait wait) {
                simulation.after(wait.millis(), () -> ifAlive(() -> run(proposer.waited(simulation.nowMillis()))));
            } else {
                end(((Proposer.Effect.Done) effect).outcome());
            }
        }
    }

    private void ifAlive(Runnable action) {
        if (region.isAlive() && region.life() == life && !hasEnded) {
            action.run();
        }
    }

    private void send(Proposer.Effect.Send send) {
        ConsensusRegion to = simulation.region(send.acceptor());
        if (send.message() instanceof Message.Prepare prepare) {
            region.prepares(key, prepare.ballot().counter());
        }
        simulation.carry(region.name(), to.name(), () -> {
            if (to.isAlive()) {
                to.acceptor()
                        .take(
                                key,
                                send.message(),
                                reply -> simulation.carry(
                                        to.name(),
                                        region.name(),
                                        () -> ifAlive(() -> {
                                            answered(send, reply);
                                        })));
            }
        });
        simulation.after(
                TIMEOUT_MILLIS, () -> ifAlive(() -> run(proposer.failed(send.exchange(), simulation.nowMillis()))));
    }

    private void answered(Proposer.Effect.Send send, Reply reply) {
        boolean isRefusal = reply instanceof Reply.Refused && send.message() instanceof Message.Accept;
        if (simulation.bug() == ConsensusBug.FATE_NOT_AWAITED && isRefusal) {
            end(new Outcome.Overtaken());
        } else if (simulation.bug() == ConsensusBug.FIRST_VALUE_HEARD && reply instanceof Reply.Held held) {
            run(proposer.answered(send.exchange(), asIfFirst(held), simulation.nowMillis()));
        } else {
            run(proposer.answered(send.exchange(), reply, simulation.nowMillis()));
        }
    }

    private Reply asIfFirst(Reply.Held held) {
        return new Reply.Held(
                new Ballot(1_000_000 - simulation.nowMillis(), held.accepted().proposer()), held.value());
    }

    private void end(Outcome outcome) {
        ConsensusSimulation.Tally tally = simulation.tally();
        hasEnded = true;
        region.ended(key);
        long end = simulation.history().tick();
        simulation.trace(region.name() + " " + key + " " + (written == null ? "read" : "write " + written) + ": "
                + outcome.getClass().getSimpleName());
        if (outcome instanceof Outcome.Replaced done) {
            tally.replaced++;
            Lead lead = proposer.lead();
            if (lead != null) {
                region.leaveLead(key, lead);
            }
            record(end, intent(ConsensusClient.last(done.after())));
            region.saw(key, ConsensusClient.last(done.after()));
        } else if (outcome instanceof Outcome.Kept kept) {
            record(end, new RegisterOperation.Read(ConsensusClient.last(kept.current())));
            region.saw(key, ConsensusClient.last(kept.current()));
        } else if (outcome instanceof Outcome.Unknown) {
            tally.unknown++;
        } else {
            tally.overtaken += outcome instanceof Outcome.Overtaken ? 1 : 0;
            tally.unreachable += outcome instanceof Outcome.Unreachable ? 1 : 0;
            simulation.history().forget(key, begin);
        }
        if (simulation.isSettled() && !(outcome instanceof Outcome.Kept)) {
            throw new AssertionError("a read after everything was mended ended as " + outcome);
        }
    }
}
