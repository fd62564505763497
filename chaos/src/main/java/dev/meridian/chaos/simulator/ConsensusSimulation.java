package dev.meridian.chaos.simulator;

import dev.meridian.chaos.linearizability.Linearizability;
import dev.meridian.chaos.linearizability.RegisterOperation;
import dev.meridian.replication.consensus.AcceptorState;
import dev.meridian.replication.consensus.Ballot;
import dev.meridian.replication.consensus.Ballots;
import dev.meridian.replication.consensus.Change;
import dev.meridian.replication.consensus.Lead;
import dev.meridian.replication.consensus.Message;
import dev.meridian.replication.consensus.Outcome;
import dev.meridian.replication.consensus.Proposer;
import dev.meridian.replication.consensus.Reply;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One seed's history of three regions that agree on items: reads, writes and conditional writes in all of them, while messages
 * are lost, doubled and overtake each other, links are cut and regions crash. Every item's history must be linearizable, a
 * ballot has one value, and once everything is mended every region answers. A breach is an {@link AssertionError}. One seed
 * gives one history.
 */
public final class ConsensusSimulation {

    private static final long FAULTY_MILLIS = 8_000;
    private static final long SETTLE_MILLIS = 30_000;
    private static final long TIMEOUT_MILLIS = 400;
    private static final int CALL_MILLIS_MAX = 120;
    private static final List<String> NAMES = List.of("region-a", "region-b", "region-c");

    /** How it went. */
    public record Outcomes(
            long traceHash, int operations, int replaced, int overtaken, int unreachable, int unknown, int crashes) {}

    private final SplittableRandom random;
    private final Faults faults;
    private final ConsensusBug bug;
    private final int keys;
    private final Schedule schedule = new Schedule();
    private final Trace trace = new Trace();
    private final Map<String, Region> regions = new LinkedHashMap<>();
    private final Map<String, Map<Long, RegisterOperation>> histories = new LinkedHashMap<>();
    private final Map<String, Map<Ballot, byte @Nullable []>> values = new HashMap<>();
    private final Set<String> cuts = new HashSet<>();
    private boolean faulty = true;
    private boolean isSettled;
    private long ticks;
    private int operations;
    private int replaced;
    private int overtaken;
    private int unreachable;
    private int unknown;
    private int crashes;

    private ConsensusSimulation(long seed, ConsensusBug bug) {
        this.random = new SplittableRandom(seed);
        this.faults = Faults.draw(random);
        this.bug = bug;
        this.keys = 1 + random.nextInt(3);
        NAMES.forEach(name -> regions.put(name, new Region(name)));
    }

    /** Runs a seed; throws AssertionError, with the end of the trace, where something that must hold does not. */
    public static Outcomes run(long seed, ConsensusBug bug) {
        ConsensusSimulation simulation = new ConsensusSimulation(seed, bug);
        try {
            return simulation.run();
        } catch (AssertionError breach) {
            throw new AssertionError(
                    "seed " + seed + ": " + breach.getMessage() + "\n" + String.join("\n", simulation.trace.last()),
                    breach);
        }
    }

    private Outcomes run() {
        regions.values().forEach(Region::start);
        scheduleCall();
        scheduleFault();
        runFor(FAULTY_MILLIS);
        mend();
        runFor(SETTLE_MILLIS);
        isSettled = true;
        for (String key : List.copyOf(histories.keySet())) {
            regions.values().forEach(region -> region.call(key, Change.READ, null));
            runFor(SETTLE_MILLIS);
        }
        histories.forEach((key, history) -> Linearizability.breach("", List.copyOf(history.values()))
                .ifPresent(breach -> {
                    throw new AssertionError(key + ": " + breach);
                }));
        return new Outcomes(trace.hash(), operations, replaced, overtaken, unreachable, unknown, crashes);
    }

    private void runFor(long millis) {
        long deadline = schedule.nowMillis() + millis;
        while (schedule.step(deadline)) {
            // What must hold at all times is checked on the way.
        }
    }

    private void scheduleCall() {
        after(1 + random.nextInt(CALL_MILLIS_MAX), () -> {
            if (!faulty) {
                return;
            }
            Region region = anyRegion();
            if (region.isAlive) {
                String key = "k" + random.nextInt(keys);
                int kind = random.nextInt(3);
                if (kind == 0) {
                    region.call(key, Change.READ, null);
                } else {
                    int id = ++operations;
                    String expected = kind == 1 ? null : region.lastSeen.getOrDefault(key, "");
                    region.call(key, new ConsensusClient(id, expected), Integer.toString(id));
                }
            }
            scheduleCall();
        });
    }

    private Region anyRegion() {
        return region(NAMES.get(random.nextInt(NAMES.size())));
    }

    private Region region(String name) {
        Region region = regions.get(name);
        if (region == null) {
            throw new IllegalStateException("no region " + name);
        }
        return region;
    }

    private void scheduleFault() {
        after(50 + random.nextInt(800), () -> {
            if (!faulty) {
                return;
            }
            if (faults.cuts() && random.nextBoolean()) {
                String link = anyRegion().name + ">" + anyRegion().name;
                cuts.add(link);
                trace("cut " + link);
                after(50 + random.nextInt(2_000), () -> cuts.remove(link));
            }
            if (faults.crashes() && random.nextInt(3) == 0) {
                anyRegion().crash();
            }
            scheduleFault();
        });
    }

    private void mend() {
        faulty = false;
        cuts.clear();
        regions.values().stream().filter(region -> !region.isAlive).forEach(Region::start);
        trace("mended");
    }

    /** An acceptor has durably accepted; in one ballot there is one value. */
    void accepted(String key, String region, AcceptorState state) {
        if (state.accepted().equals(Ballot.ZERO)) {
            return;
        }
        Map<Ballot, byte @Nullable []> ofKey = values.computeIfAbsent(key, none -> new HashMap<>());
        byte[] value = state.value();
        if (ofKey.containsKey(state.accepted()) && !Arrays.equals(ofKey.get(state.accepted()), value)) {
            throw new AssertionError("two values in ballot " + state.accepted() + " at " + region);
        }
        ofKey.put(state.accepted(), value);
    }

    ConsensusBug bug() {
        return bug;
    }

    long nowMillis() {
        return schedule.nowMillis();
    }

    void after(long delayMillis, Runnable action) {
        schedule.after(delayMillis, action);
    }

    long diskMillis() {
        return random.nextLong(faults.diskMillisMax() + 1);
    }

    private void trace(String event) {
        trace.add(nowMillis(), event);
    }

    /** A message or its answer on a link; what stays within a region always arrives. */
    private void carry(String from, String to, Runnable arrive) {
        if (from.equals(to)) {
            after(0, arrive);
            return;
        }
        if (cuts.contains(from + ">" + to) || faulty && random.nextDouble() < faults.lossRatio()) {
            return;
        }
        int copies = faulty && random.nextDouble() < faults.duplicateRatio() ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            after(1 + random.nextLong(faults.latencyMillisMax()), arrive);
        }
    }

    /** A region: its acceptor, which survives a crash, and the operations under way, which do not. */
    private final class Region {

        private final String name;
        private final SimulatedAcceptor acceptor;
        private final Map<String, String> lastSeen = new HashMap<>();
        private final Set<String> busy = new HashSet<>();
        private final Map<String, Lead> leads = new HashMap<>();
        private final Map<String, Long> prepared = new HashMap<>();
        private Ballots ballots = new Ballots("");
        private boolean isAlive;
        private int life;

        Region(String name) {
            this.name = name;
            this.acceptor = new SimulatedAcceptor(name, ConsensusSimulation.this);
        }

        void start() {
            isAlive = true;
            life++;
            ballots = new Ballots(bug == ConsensusBug.BALLOT_USED_AGAIN ? name : name + "/" + life);
            trace("start " + name);
        }

        void crash() {
            if (!isAlive) {
                return;
            }
            isAlive = false;
            life++;
            crashes++;
            acceptor.crash();
            busy.clear();
            leads.clear();
            trace("crash " + name);
            after(10 + random.nextInt(1_500), () -> {
                if (!isAlive) {
                    start();
                }
            });
        }

        /** Operations on one item in one region wait for each other; here the later one is not even begun. */
        void call(String key, Change change, @Nullable String written) {
            if (!busy.add(key)) {
                return;
            }
            new Call(this, key, change, written).begin();
        }
    }

    /** One operation of a client, from its beginning to its end or its region's. */
    private final class Call {

        private final Region region;
        private final String key;
        private final Change change;
        private final @Nullable String written;
        private final int life;
        private final Proposer proposer;
        private final long begin = ++ticks;
        private boolean hasEnded;

        Call(Region region, String key, Change change, @Nullable String written) {
            this.region = region;
            this.key = key;
            this.change = change;
            this.written = written;
            this.life = region.life;
            long seen = region.acceptor.state(key).promised().counter();
            if (bug == ConsensusBug.BALLOT_USED_AGAIN) {
                seen = region.prepared.getOrDefault(key, 1L) - 1;
            }
            this.proposer = new Proposer(NAMES, change, region.ballots, seen, random);
            Lead lead = written == null ? null : region.leads.remove(key);
            boolean isTaken = bug == ConsensusBug.LEAD_WITHOUT_PROMISE
                    && lead != null
                    && region.acceptor.state(key).accepted().equals(lead.base());
            if (lead != null && (isTaken || lead.isIn(region.acceptor.state(key)))) {
                proposer.remembering(
                        new Lead.Taken(lead, region.acceptor.state(key).value()));
            }
        }

        void begin() {
            trace(region.name + " " + key + " " + (written == null ? "read" : "write " + written));
            if (written != null) {
                record(RegisterOperation.NEVER, intent(written));
            }
            if (written == null && bug == ConsensusBug.READ_FROM_ONE) {
                end(new Outcome.Kept(region.acceptor.state(key).value()));
            } else {
                run(proposer.start(nowMillis()));
            }
        }

        private RegisterOperation.Effect intent(String value) {
            return change instanceof ConsensusClient client && client.expected() != null
                    ? new RegisterOperation.Swap(client.expected(), value)
                    : new RegisterOperation.Write(value);
        }

        private void record(long end, RegisterOperation.Effect effect) {
            history().put(begin, new RegisterOperation(begin, end, effect));
        }

        private Map<Long, RegisterOperation> history() {
            return histories.computeIfAbsent(key, none -> new LinkedHashMap<>());
        }

        private void run(List<Proposer.Effect> effects) {
            for (Proposer.Effect effect : effects) {
                if (effect instanceof Proposer.Effect.Send send) {
                    send(send);
                } else if (effect instanceof Proposer.Effect.Wait wait) {
                    after(wait.millis(), () -> ifAlive(() -> run(proposer.waited(nowMillis()))));
                } else {
                    end(((Proposer.Effect.Done) effect).outcome());
                }
            }
        }

        private void ifAlive(Runnable action) {
            if (region.isAlive && region.life == life && !hasEnded) {
                action.run();
            }
        }

        private void send(Proposer.Effect.Send send) {
            Region to = region(send.acceptor());
            if (send.message() instanceof Message.Prepare prepare) {
                region.prepared.put(key, prepare.ballot().counter());
            }
            carry(region.name, to.name, () -> {
                if (to.isAlive) {
                    to.acceptor.take(
                            key,
                            send.message(),
                            reply -> carry(
                                    to.name,
                                    region.name,
                                    () -> ifAlive(() -> {
                                        answered(send, reply);
                                    })));
                }
            });
            after(TIMEOUT_MILLIS, () -> ifAlive(() -> run(proposer.failed(send.exchange(), nowMillis()))));
        }

        private void answered(Proposer.Effect.Send send, Reply reply) {
            boolean isRefusal = reply instanceof Reply.Refused && send.message() instanceof Message.Accept;
            if (bug == ConsensusBug.FATE_NOT_AWAITED && isRefusal) {
                end(new Outcome.Overtaken());
            } else if (bug == ConsensusBug.FIRST_VALUE_HEARD && reply instanceof Reply.Held held) {
                run(proposer.answered(send.exchange(), asIfFirst(held), nowMillis()));
            } else {
                run(proposer.answered(send.exchange(), reply, nowMillis()));
            }
        }

        private Reply asIfFirst(Reply.Held held) {
            return new Reply.Held(
                    new Ballot(1_000_000 - nowMillis(), held.accepted().proposer()), held.value());
        }

        private void end(Outcome outcome) {
            hasEnded = true;
            region.busy.remove(key);
            long end = ++ticks;
            trace(region.name + " " + key + " " + (written == null ? "read" : "write " + written) + ": "
                    + outcome.getClass().getSimpleName());
            if (outcome instanceof Outcome.Replaced done) {
                replaced++;
                Lead lead = proposer.lead();
                if (lead != null) {
                    region.leads.put(key, lead);
                }
                record(end, intent(ConsensusClient.last(done.after())));
                region.lastSeen.put(key, ConsensusClient.last(done.after()));
            } else if (outcome instanceof Outcome.Kept kept) {
                record(end, new RegisterOperation.Read(ConsensusClient.last(kept.current())));
                region.lastSeen.put(key, ConsensusClient.last(kept.current()));
            } else if (outcome instanceof Outcome.Unknown) {
                unknown++;
            } else {
                overtaken += outcome instanceof Outcome.Overtaken ? 1 : 0;
                unreachable += outcome instanceof Outcome.Unreachable ? 1 : 0;
                // What has not taken place never will, so it explains nothing: a read of it is a breach.
                history().remove(begin);
            }
            if (isSettled && !(outcome instanceof Outcome.Kept)) {
                throw new AssertionError("a read after everything was mended ended as " + outcome);
            }
        }
    }
}
