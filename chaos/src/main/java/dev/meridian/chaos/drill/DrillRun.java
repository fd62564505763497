package dev.meridian.chaos.drill;

import dev.meridian.chaos.drill.DrillResult.Event;
import dev.meridian.chaos.drill.Measures.Loss;
import dev.meridian.chaos.drill.fault.DrillFault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Runs a drill against a running Meridian, from outside: the load goes through the front door, the faults through the control
 * API, and what survived is read from the tables. Blocks its caller. Whatever happens, everything is healed in the end, and the
 * drill's table deleted.
 */
public final class DrillRun {

    private static final long DRAIN_NANOS = 15_000_000_000L;
    private static final long DELETE_NANOS = 30_000_000_000L;
    /** Who has been told to stop is not waited for much longer. */
    private static final long STOPPED_DELETE_NANOS = 8_000_000_000L;

    private final Drill drill;
    private final String url;
    private final MeridianClient client;
    private final RemoteWorld world;
    private final LongSupplier nanos;
    private final Runnable breather;
    private final Consumer<String> tell;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Event> events = Collections.synchronizedList(new ArrayList<>());
    private final History history = new History();
    private final List<Loss> losses = new ArrayList<>();
    private boolean keepsTable;

    /**
     * @param url the front door
     * @param nanos a monotonic clock
     * @param breather waits a millisecond or so
     * @param tell hears of what happens, for people
     */
    public DrillRun(Drill drill, String url, LongSupplier nanos, Runnable breather, Consumer<String> tell) {
        this.drill = drill;
        this.url = url;
        this.client = new MeridianClient(url);
        this.world = new RemoteWorld(client);
        this.nanos = nanos;
        this.breather = breather;
        this.tell = tell;
    }

    /** The drill's table is left where it is in the end. */
    public DrillRun keepingTable() {
        keepsTable = true;
        return this;
    }

    /** Asks the run to end early: it heals and is inconclusive. */
    public void stop() {
        stopped.set(true);
    }

    /** A step's fault to be begun or undone. */
    private record Due(double atMillis, Drill.Step step, boolean isBegin) {}

    /** Runs the drill. */
    public DrillResult run() {
        DrillTable made = new DrillTable(client, "drill-" + drill.name(), drill.topology(), nanos, breather);
        try {
            String table = made.create();
            HttpDoor door = new HttpDoor(client, table, drill.load());
            WarmUp.run(door, drill.topology().regions(), nanos);
            client.control("POST", "lag:reset", "{}");
            LoadGenerator load = new LoadGenerator(drill, door, history, nanos, new Random(drill.seed()));
            Optional<LoadCommand> beside = drill.load().command().isEmpty()
                    ? Optional.empty()
                    : Optional.of(LoadCommand.start(drill.load().command(), url, table));
            ReplicationWatch watch = new ReplicationWatch(client, table, load::millis, breather);
            watch.start();
            double healed;
            boolean isEqual;
            List<Sightings.Sample> samples;
            try {
                timeline(load, table);
                beside.ifPresent(command -> note(load, command.end(stopped.get())));
                client.control("POST", "heal", "{}");
                healed = load.millis();
                note(load, "all healed");
                if (stopped.get()) {
                    return Judge.stopped(drill, command(), history.all(), events);
                }
                isEqual = client.control("POST", "converge", "{\"timeoutMillis\":" + drill.settleMillis() + "}")
                        .contains("\"converged\":true");
            } finally {
                samples = watch.stop();
            }
            double converged = isEqual ? load.millis() - healed : -1;
            note(load, isEqual ? "all replicas are equal" : "the replicas are not equal");
            ConflictRecord conflicts = client.conflicts(table);
            MeridianClient.Contents held =
                    client.contents(drill.topology().regions().get(0), table);
            return Judge.judge(
                    drill,
                    command(),
                    history.all(),
                    losses,
                    new Measures.End(
                            converged,
                            held.numbers(),
                            conflicts.losers(),
                            drill.firstFaultMillis(),
                            new Measures.Sums(drill.load().workload(), held.total()),
                            client.lag()),
                    events,
                    new Sightings(samples, conflicts.newest(), client.isRecordWhole()));
        } finally {
            try {
                client.control("POST", "heal", "{}");
            } finally {
                if (!keepsTable) {
                    tell.accept(made.delete(stopped.get() ? STOPPED_DELETE_NANOS : DELETE_NANOS));
                }
            }
        }
    }

    private String command() {
        return "./meridian drill run " + drill.name();
    }

    private void timeline(LoadGenerator load, String table) {
        List<Due> due = new ArrayList<>();
        for (Drill.Step step : drill.steps()) {
            due.add(new Due(step.atMillis(), step, true));
            if (step.forMillis() > 0) {
                due.add(new Due(step.atMillis() + step.forMillis(), step, false));
            }
        }
        due.sort(Comparator.comparingDouble(Due::atMillis));
        Map<Drill.Step, Double> begun = new LinkedHashMap<>();
        int next = 0;
        Thread loading = new Thread(() -> keepUp(load), "drill-load");
        loading.start();
        while ((loading.isAlive() || next < due.size()) && !stopped.get()) {
            if (next < due.size() && load.millis() >= due.get(next).atMillis()) {
                change(load, table, due.get(next), begun);
                next++;
            }
            breather.run();
        }
        begun.forEach((step, atMillis) -> {
            if (step.forMillis() == 0 && !stopped.get()) {
                measureLoss(load, table, step, atMillis);
            }
        });
        long deadline = nanos.getAsLong() + DRAIN_NANOS;
        while (load.isBusy() && !stopped.get() && nanos.getAsLong() < deadline) {
            breather.run();
        }
    }

    /** The load has a thread of its own: faults take their time to begin, and it must not wait for them. */
    private void keepUp(LoadGenerator load) {
        while (load.step() && !stopped.get()) {
            breather.run();
        }
    }

    private void change(LoadGenerator load, String table, Due due, Map<Drill.Step, Double> begun) {
        DrillFault fault = due.step().fault();
        if (due.isBegin()) {
            fault.begin(world).toCompletableFuture().join();
            fault.drained().ifPresent(load::leave);
            // What was acknowledged while a region was dying counts as before its death.
            begun.put(due.step(), load.millis());
            note(load, fault.describe());
        } else {
            measureLoss(
                    load,
                    table,
                    due.step(),
                    begun.getOrDefault(due.step(), due.step().atMillis() * 1.0));
            fault.end(world).toCompletableFuture().join();
            fault.drained().ifPresent(load::comeBack);
            note(load, fault.describe() + ": undone");
        }
    }

    /** What the survivors hold of a killed region's writes, before it comes back. */
    private void measureLoss(LoadGenerator load, String table, Drill.Step step, double atMillis) {
        String killed = step.fault().killed().orElse("");
        if (killed.isEmpty()) {
            return;
        }
        Map<String, Long> survivors = new HashMap<>();
        for (String region : drill.topology().regions()) {
            if (!region.equals(killed)) {
                held(load, region, table).forEach((key, number) -> survivors.merge(key, number, Math::max));
            }
        }
        losses.add(new Loss(killed, atMillis, load.millis(), survivors));
    }

    /** What a survivor holds; nothing where it is out of reach itself. */
    private Map<String, Long> held(LoadGenerator load, String region, String table) {
        try {
            return client.contents(region, table).numbers();
        } catch (IllegalStateException | CompletionException unreadable) {
            note(load, region + " cannot be read: " + unreadable.getMessage());
            return Map.of();
        }
    }

    private void note(LoadGenerator load, String what) {
        events.add(new Event(load.millis(), what));
        tell.accept(String.format(java.util.Locale.ROOT, "%8.1f s  %s", load.millis() / 1_000, what));
    }
}
