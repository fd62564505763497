package dev.meridian.chaos.simulator;

import dev.meridian.replication.consensus.Ballots;
import dev.meridian.replication.consensus.Change;
import dev.meridian.replication.consensus.Lead;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A region that agrees with others: its acceptor, which survives a crash, and the operations under way, which do not. */
final class ConsensusRegion {

    private final String name;
    private final ConsensusSimulation simulation;
    private final SimulatedAcceptor acceptor;
    private final Map<String, String> lastSeen = new HashMap<>();
    private final Set<String> busy = new HashSet<>();
    private final Map<String, Lead> leads = new HashMap<>();
    private final Map<String, Long> prepared = new HashMap<>();
    private Ballots ballots = new Ballots("");
    private boolean isAlive;
    private int life;

    ConsensusRegion(String name, ConsensusSimulation simulation) {
        this.name = name;
        this.simulation = simulation;
        this.acceptor = new SimulatedAcceptor(name, simulation);
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return isAlive;
    }

    /** Counts the starts and crashes, so that what was meant for an earlier life is known. */
    int life() {
        return life;
    }

    SimulatedAcceptor acceptor() {
        return acceptor;
    }

    /** Those of this life. */
    Ballots ballots() {
        return ballots;
    }

    /** The number of the write that an operation here last saw in the item; empty: none. */
    String lastSeen(String key) {
        return lastSeen.getOrDefault(key, "");
    }

    void saw(String key, String write) {
        lastSeen.put(key, write);
    }

    /** The counter of the last ballot prepared for the item. */
    long prepared(String key) {
        return prepared.getOrDefault(key, 1L);
    }

    void prepares(String key, long counter) {
        prepared.put(key, counter);
    }

    /** What the last write here left for the next, once. */
    @Nullable
    Lead takeLead(String key) {
        return leads.remove(key);
    }

    void leaveLead(String key, Lead lead) {
        leads.put(key, lead);
    }

    void start() {
        isAlive = true;
        life++;
        ballots = new Ballots(simulation.bug() == ConsensusBug.BALLOT_USED_AGAIN ? name : name + "/" + life);
        simulation.trace("start " + name);
    }

    void crash() {
        if (!isAlive) {
            return;
        }
        isAlive = false;
        life++;
        simulation.tally().crashes++;
        acceptor.crash();
        busy.clear();
        leads.clear();
        simulation.trace("crash " + name);
        simulation.after(10 + simulation.random().nextInt(1_500), () -> {
            if (!isAlive) {
                start();
            }
        });
    }

    /** Operations on one item in one region wait for each other; here the later one is not even begun. */
    void call(String key, Change change, @Nullable String written) {
        if (busy.add(key)) {
            new ConsensusCall(simulation, this, key, change, written).begin();
        }
    }

    /** The operation on the item has ended. */
    void ended(String key) {
        busy.remove(key);
    }
}
