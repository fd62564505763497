package dev.meridian.chaos.simulator;

import dev.meridian.replication.consensus.AcceptorState;
import dev.meridian.replication.consensus.Ballot;
import dev.meridian.replication.consensus.Message;
import dev.meridian.replication.consensus.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What a region has promised and accepted, in memory and on its disk; its disk takes one state after the other. */
final class SimulatedAcceptor {

    private final String name;
    private final ConsensusSimulation simulation;
    private final Map<String, AcceptorState> memory = new HashMap<>();
    private final Map<String, AcceptorState> disk = new HashMap<>();
    private long diskFreeAtMillis;
    private long life;

    SimulatedAcceptor(String name, ConsensusSimulation simulation) {
        this.name = name;
        this.simulation = simulation;
    }

    void take(String key, Message message, Consumer<Reply> answer) {
        AcceptorState before = memory.getOrDefault(key, AcceptorState.NONE);
        AcceptorState.Step step = forgetting(before, message).take(unled(message));
        memory.put(key, step.next());
        if (simulation.bug() == ConsensusBug.ANSWER_BEFORE_SYNC) {
            answer.accept(step.reply());
        }
        long now = simulation.nowMillis();
        diskFreeAtMillis = Math.max(now, diskFreeAtMillis) + simulation.diskMillis();
        long thisLife = life;
        simulation.after(diskFreeAtMillis - now, () -> {
            if (life == thisLife) {
                write(key, step.next());
                if (simulation.bug() != ConsensusBug.ANSWER_BEFORE_SYNC) {
                    answer.accept(step.reply());
                }
            }
        });
    }

    private Message unled(Message message) {
        return simulation.bug() == ConsensusBug.LEAD_WITHOUT_PROMISE && message instanceof Message.Accept accept
                ? new Message.Accept(accept.ballot(), accept.value(), Ballot.ZERO)
                : message;
    }

    private AcceptorState forgetting(AcceptorState state, Message message) {
        boolean forgets = simulation.bug() == ConsensusBug.FORGOTTEN_PROMISE && message instanceof Message.Accept;
        return forgets ? new AcceptorState(Ballot.ZERO, state.accepted(), state.value()) : state;
    }

    private void write(String key, AcceptorState next) {
        AcceptorState durable = disk.getOrDefault(key, AcceptorState.NONE);
        boolean regresses =
                next.promised().isBelow(durable.promised()) || next.accepted().isBelow(durable.accepted());
        if (regresses && simulation.bug() == ConsensusBug.NONE) {
            throw new AssertionError(name + " went back from " + durable + " to " + next);
        }
        disk.put(key, next);
        simulation.accepted(key, name, next);
    }

    AcceptorState state(String key) {
        return memory.getOrDefault(key, AcceptorState.NONE);
    }

    /** What was not durable is gone. */
    void crash() {
        life++;
        memory.clear();
        memory.putAll(disk);
        diskFreeAtMillis = 0;
    }
}
