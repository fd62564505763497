package dev.meridian.chaos.virtual;

import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.drill.DrillResult;
import dev.meridian.chaos.drill.DrillResult.Event;
import dev.meridian.chaos.drill.History;
import dev.meridian.chaos.drill.History.Operation;
import dev.meridian.chaos.drill.Judge;
import dev.meridian.chaos.drill.LoadGenerator;
import dev.meridian.chaos.drill.Measures.End;
import dev.meridian.chaos.drill.Measures.Loss;
import dev.meridian.chaos.drill.Measures.Sums;
import dev.meridian.chaos.drill.Sightings;
import dev.meridian.chaos.yaml.DrillFileException;
import dev.meridian.replication.log.Conflict;
import dev.meridian.replication.log.StampedImage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One seed of a drill in virtual time: the same load, faults, measures and verdict as in real time. One seed gives one history,
 * whatever the machine.
 */
public final class VirtualRun {

    /** Regions find each other before the load begins. */
    private static final long WARM_UP_MILLIS = 3_000;

    private static final long CONVERGE_POLL_MILLIS = 10;
    private static final long SAMPLE_MILLIS = 500;
    private static final long READ_MILLIS_MAX = 60_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Drill drill;
    private final VirtualWorld world;
    private final History history = new History();
    private final List<Event> events = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private final Map<Drill.Step, Long> begun = new LinkedHashMap<>();
    private final List<CompletableFuture<Void>> measuring = new ArrayList<>();
    private final List<Sightings.Sample> samples = new ArrayList<>();

    private VirtualRun(Drill drill, VirtualSetting setting, @Nullable Consumer<String> trace) {
        this.drill = drill;
        this.world = new VirtualWorld(drill.topology(), setting, drill.seed(), trace);
    }

    /** Refuses a drill with something that there is no virtual form of; throws {@link DrillFileException} with its line. */
    public static void check(Drill drill) {
        if (!drill.load().command().isEmpty()) {
            throw new DrillFileException(
                    drill.load().line(),
                    "a load's 'command' has no form in virtual time; run the drill in real time with 'meridian drill run'");
        }
        for (Drill.Step step : drill.steps()) {
            step.fault().onlyReal().ifPresent(why -> {
                throw new DrillFileException(
                        step.line(),
                        "the fault '" + step.fault().name() + "' has no form in virtual time: " + why
                                + "; run the drill in real time with 'meridian drill run'");
            });
        }
    }

    /** Runs a seed; {@code trace} hears everything that happens, a line each. */
    public static DrillResult run(Drill drill, VirtualSetting setting, long seed, @Nullable Consumer<String> trace) {
        check(drill);
        return new VirtualRun(drill.withSeed(seed), setting, trace).run();
    }

    private DrillResult run() {
        world.schedule().passUntil(WARM_UP_MILLIS);
        LoadGenerator load = new LoadGenerator(
                drill,
                new VirtualDoor(
                        world,
                        drill.load(),
                        new VirtualGate(world.faults(), "drill-" + drill.name(), new SplittableRandom(drill.seed()))),
                history,
                () -> world.nowMillis() * NANOS_PER_MILLI,
                new Random(drill.seed()));
        scheduleFaults(load);
        sampleNow();
        passLoad(load);
        world.schedule()
                .passUntil(
                        WARM_UP_MILLIS + drill.load().forMillis() + drill.load().timeoutMillis() + 10);
        begun.forEach((step, at) -> {
            if (step.forMillis() == 0) {
                measuring.add(measureLoss(step));
            }
        });
        measuring.forEach(this::await);
        world.healAll();
        note("all healed");
        long healed = world.nowMillis();
        while (!world.isEqual() && world.nowMillis() < healed + drill.settleMillis()) {
            world.schedule().passUntil(world.nowMillis() + CONVERGE_POLL_MILLIS);
        }
        boolean isEqual = world.isEqual();
        double converged = isEqual ? world.nowMillis() - healed : -1;
        note(isEqual ? "all replicas are equal" : "the replicas are not equal");
        for (Operation operation : history.all()) {
            world.trace(operation::toString);
        }
        return Judge.judge(
                drill,
                "./meridian simulate " + drill.name() + " --seed " + drill.seed(),
                history.all(),
                losses,
                end(converged),
                events,
                new Sightings(List.copyOf(samples), conflicts(), true));
    }

    private void sampleNow() {
        samples.add(world.sample(sinceLoad()));
        world.after(SAMPLE_MILLIS, this::sampleNow);
    }

    private List<Sightings.Overwritten> conflicts() {
        List<Conflict> conflicts = new ArrayList<>();
        drill.topology()
                .regions()
                .forEach(region -> conflicts.addAll(world.region(region).conflicts()));
        return DrillItems.overwritten(conflicts);
    }

    private End end(double convergedMillis) {
        Map<String, Set<Long>> losers = new HashMap<>();
        for (String region : drill.topology().regions()) {
            DrillItems.losers(world.region(region).conflicts(), losers);
        }
        Collection<StampedImage> rows = await(
                        world.contents(drill.topology().regions().get(0)).toCompletableFuture())
                .orElseThrow(() -> new IllegalStateException("the table cannot be read when everything is healed"));
        return new End(
                convergedMillis,
                DrillItems.numbers(rows),
                losers,
                drill.firstFaultMillis(),
                new Sums(drill.load().workload(), DrillItems.total(rows)),
                world.lags().worst());
    }

    /** Lets time pass until it is known; empty where it has not come to that after a while, or failed. */
    private <T> Optional<T> await(CompletableFuture<T> known) {
        long until = world.nowMillis() + READ_MILLIS_MAX;
        boolean more = true;
        while (more && !known.isDone()) {
            more = world.schedule().step(until);
        }
        return known.isDone() && !known.isCompletedExceptionally()
                ? Optional.ofNullable(known.join())
                : Optional.empty();
    }

    /** The load wakes in the millisecond after its next operation becomes due. */
    private void passLoad(LoadGenerator load) {
        boolean more = load.step();
        while (more) {
            world.schedule().passUntil(WARM_UP_MILLIS + (long) load.nextMillis() + 1);
            more = load.step();
        }
    }

    private void scheduleFaults(LoadGenerator load) {
        for (Drill.Step step : drill.steps()) {
            world.after(step.atMillis(), () -> begin(step, load));
            if (step.forMillis() > 0) {
                world.after(step.atMillis() + step.forMillis(), () -> end(step, load));
            }
        }
    }

    private void begin(Drill.Step step, LoadGenerator load) {
        begun.put(step, sinceLoad());
        step.fault().begin(world);
        step.fault().drained().ifPresent(load::leave);
        note(step.fault().describe());
    }

    private void end(Drill.Step step, LoadGenerator load) {
        measuring.add(measureLoss(step).thenRun(() -> {
            step.fault().end(world);
            step.fault().drained().ifPresent(load::comeBack);
            note(step.fault().describe() + ": undone");
        }));
    }

    /** What the survivors hold of a killed region's writes, before it comes back; nothing of one that cannot be read. */
    private CompletableFuture<Void> measureLoss(Drill.Step step) {
        String killed = step.fault().killed().orElse("");
        if (killed.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        Map<String, Long> survivors = new HashMap<>();
        CompletableFuture<?>[] read = drill.topology().regions().stream()
                .filter(region -> !region.equals(killed))
                .map(region -> world.contents(region)
                        .thenAccept(rows -> DrillItems.numbers(rows)
                                .forEach((key, number) -> survivors.merge(key, number, Math::max)))
                        .exceptionally(unreadable -> null)
                        .toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(read)
                .thenRun(() -> losses.add(
                        new Loss(killed, begun.getOrDefault(step, step.atMillis()), sinceLoad(), survivors)));
    }

    private long sinceLoad() {
        return world.nowMillis() - WARM_UP_MILLIS;
    }

    private void note(String what) {
        events.add(new Event(sinceLoad(), what));
        world.trace(() -> what);
    }
}
