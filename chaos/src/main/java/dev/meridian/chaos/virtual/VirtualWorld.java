package dev.meridian.chaos.virtual;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.Sightings;
import dev.meridian.chaos.fault.BoardedWorld;
import dev.meridian.chaos.fault.DoorRule;
import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.fault.LatencyPreset;
import dev.meridian.chaos.fault.LinkFault;
import dev.meridian.chaos.fault.RegionFault;
import dev.meridian.chaos.simulator.Agreeing;
import dev.meridian.chaos.simulator.Schedule;
import dev.meridian.chaos.simulator.SimulatedRegion;
import dev.meridian.chaos.simulator.Surroundings;
import dev.meridian.replication.follower.Follower;
import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.table.key.ItemKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Regions in one thread and virtual time: the real partitions, logs, sources and followers; the real chaos links and fault board
 * between them; simulated disks.
 */
final class VirtualWorld implements Surroundings, BoardedWorld {

    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);
    private static final int PARTITIONS = 4;
    /** A region needs so long from its start until it answers. */
    private static final long START_MILLIS = 1_000;

    private static final long DISK_MILLIS_MAX = 3;
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** So often records that every region holds are let go, so that long runs fit into memory. */
    private static final long FORGET_MILLIS = 30_000;

    private final Schedule schedule = new Schedule();
    private final Map<String, SimulatedRegion> regions = new LinkedHashMap<>();
    private final VirtualReplicas replicas = new VirtualReplicas(regions.values(), PARTITIONS);
    private final VirtualCalls calls = new VirtualCalls();
    private final VirtualLinks links;
    /** With whom each region agrees; empty where the table is eventually consistent. */
    private final Map<String, Agreeing> agreeing = new HashMap<>();

    private final Map<String, VirtualCapacity> capacities = new HashMap<>();
    private final FaultBoard board;
    private final SplittableRandom disks;
    private final SplittableRandom crashes;
    private final @Nullable Consumer<String> trace;
    private final LagMeter lags;

    /** {@code trace} hears everything that happens, a line each. */
    VirtualWorld(Drill.Topology topology, VirtualSetting setting, long seed, @Nullable Consumer<String> trace) {
        List<String> names = topology.regions();
        Map<FaultBoard.Direction, LinkFault> baseline = LatencyPreset.of(topology.latency(), names);
        baseline.replaceAll((link, fault) -> new LinkFault(
                false, fault.latencyMillis(), fault.jitterMillis(), setting.lossRatio(), fault.bytesPerSecond()));
        this.board = new FaultBoard(baseline);
        this.links = new VirtualLinks(board, schedule, calls, this::region);
        this.trace = trace;
        this.lags = new LagMeter(names.size());
        SplittableRandom random = new SplittableRandom(seed);
        this.disks = random.split();
        this.crashes = random.split();
        for (String name : names) {
            links.open(name, names, random.split());
            if (topology.isStrong()) {
                agreeing.put(name, new Agreeing(names, peer -> links.between(name, peer), random.split()));
            }
            regions.put(name, new SimulatedRegion(name, PARTITIONS, setting.batchRecords(), this));
        }
        regions.values().forEach(this::start);
        forgetNow();
    }

    Schedule schedule() {
        return schedule;
    }

    @Override
    public FaultBoard faults() {
        return board;
    }

    @Override
    public long wallMillis() {
        return schedule.nowMillis();
    }

    @Override
    public CompletionStage<Void> bend(String region, UnaryOperator<RegionFault> how) {
        RegionFault before = board.region(region);
        RegionFault after = how.apply(before);
        board.setRegion(region, after);
        if (before.disk().syncError() && !after.disk().syncError()) {
            startAgain(region);
        }
        return DONE;
    }

    /** Nobody knows what is on the disk: the region goes down and comes back with it. */
    private void startAgain(String region) {
        kill(region);
        heal(region);
    }

    @Override
    public CompletionStage<Void> setLink(String from, String to, LinkFault fault) {
        board.setLink(from, to, fault);
        return DONE;
    }

    @Override
    public CompletionStage<Void> healLink(String from, String to) {
        board.healLink(from, to);
        return DONE;
    }

    @Override
    public CompletionStage<Void> setDoorRules(List<DoorRule> rules) {
        board.setDoorRules(rules);
        return DONE;
    }

    @Override
    public CompletionStage<Void> setDraining(String region, boolean drains) {
        board.setDraining(region, drains);
        return DONE;
    }

    @Override
    public CompletionStage<Void> pause(String name) {
        region(name).pause();
        return DONE;
    }

    LagMeter lags() {
        return lags;
    }

    SimulatedRegion region(String name) {
        SimulatedRegion region = regions.get(name);
        if (region == null) {
            throw new IllegalArgumentException("no region " + name);
        }
        return region;
    }

    private void start(SimulatedRegion region) {
        region.start(regions.keySet().stream()
                .filter(name -> !name.equals(region.name()))
                .toList());
    }

    /** The region dies: of what was on its way to the disk some arrives, and whoever waits for it hears that it is gone. */
    @Override
    public CompletionStage<Void> kill(String name) {
        SimulatedRegion region = region(name);
        if (region.isAlive()) {
            // A torn write is no write: of the last batches, none has arrived whole.
            boolean isTorn = board.region(name).disk().tornWrite();
            region.crash(isTorn ? 0 : crashes.nextInt(region.unsynced() + 1));
            calls.end(region);
        }
        return DONE;
    }

    /** A dead region starts, a frozen one goes on. */
    @Override
    public CompletionStage<Void> heal(String name) {
        SimulatedRegion region = region(name);
        if (region.isAlive()) {
            region.resume();
        } else {
            after(START_MILLIS + board.region(name).startDelayMillis(), () -> {
                if (!region.isAlive()) {
                    start(region);
                }
            });
        }
        return DONE;
    }

    void healAll() {
        List<String> unknown = regions.keySet().stream()
                .filter(name -> board.region(name).disk().syncError())
                .toList();
        board.healAll();
        unknown.forEach(this::kill);
        regions.keySet().forEach(this::heal);
    }

    /** Something is asked of a region: the answer fails at once where it is down, or goes down before it answers. */
    <T> CompletableFuture<T> ask(String name, Consumer<CompletableFuture<T>> question) {
        return calls.ask(region(name), question);
    }

    /** Whether regions agree on every write. */
    boolean isStrong() {
        return !agreeing.isEmpty();
    }

    /** What a region's table holds, by a strong read where there is one; fails where that is not to be had. */
    CompletionStage<Collection<StampedImage>> contents(String name) {
        SimulatedRegion region = region(name);
        return isStrong()
                ? new StrongScan(calls, schedule).of(region)
                : CompletableFuture.completedFuture(region.rows().values());
    }

    @Override
    public void pull(SimulatedRegion from, String peer, Follower.Effect.Pull pull) {
        links.pull(from, peer, pull);
    }

    @Override
    public Optional<Agreeing> agreeing(SimulatedRegion region) {
        return Optional.ofNullable(agreeing.get(region.name()));
    }

    @Override
    public long nowMillis() {
        return schedule.nowMillis();
    }

    @Override
    public void after(long delayMillis, Runnable action) {
        schedule.after(delayMillis, action);
    }

    @Override
    public long diskMillis(SimulatedRegion region) {
        return board.region(region.name()).disk().slowMillis() + 1 + disks.nextLong(DISK_MILLIS_MAX);
    }

    @Override
    public long clockOffsetMillis(SimulatedRegion region) {
        return board.region(region.name()).clock().offMillis(schedule.nowMillis());
    }

    @Override
    public boolean isDiskFull(SimulatedRegion region) {
        return board.region(region.name()).disk().full();
    }

    @Override
    public boolean isSyncFailing(SimulatedRegion region) {
        return board.region(region.name()).disk().syncError();
    }

    @Override
    public VirtualCapacity allowance(SimulatedRegion region) {
        return capacities.computeIfAbsent(
                region.name(),
                name -> new VirtualCapacity(
                        () -> schedule.nowMillis() * NANOS_PER_MILLI,
                        () -> board.region(name).shortage()));
    }

    @Override
    public void trace(Supplier<String> event) {
        if (trace != null) {
            trace.accept(schedule.nowMillis() + " " + event.get());
        }
    }

    @Override
    public Runnable decided(SimulatedRegion region, ItemKey key, StampedImage written) {
        return () -> lags.acknowledged(region.name(), written.stamp().version(), schedule.nowMillis());
    }

    @Override
    public void applied(SimulatedRegion region, String peer, List<ChangeRecord> records) {
        records.forEach(record -> lags.applied(peer, record.stamp().version(), region.name(), schedule.nowMillis()));
    }

    private void forgetNow() {
        replicas.forget();
        after(FORGET_MILLIS, this::forgetNow);
    }

    /** How replication stands, of the pair where it is worst. */
    Sightings.Sample sample(double atMillis) {
        return new Sightings.Sample(atMillis, lags.oldestMillis(schedule.nowMillis()), replicas.backlog());
    }

    /** Whether all regions live and hold the same. */
    boolean isEqual() {
        return replicas.areEqual();
    }
}
