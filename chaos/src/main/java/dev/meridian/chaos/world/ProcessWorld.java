package dev.meridian.chaos.world;

import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.fault.LinkFault;
import dev.meridian.node.http.FrontDoor;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Regions of one process each, children of this one: kill is SIGKILL, pause is SIGSTOP. What is wrong with links and clocks
 * is told to every process whenever it changes; a process that was killed or frozen is told when it comes back.
 */
public final class ProcessWorld extends BoardWorld {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessWorld.class);

    /** Makes the command that runs a region on a port. */
    @FunctionalInterface
    public interface Command {

        List<String> of(String region, int port);
    }

    /**
     * What all regions share.
     *
     * @param regions the regions, home first
     * @param tear leaves half a write at the end of the log of a region that has just died
     * @param ports the port each region's door is to have; 0 picks a free one, which it keeps
     */
    public record Setting(
            Vertx vertx,
            String host,
            List<String> regions,
            ToIntFunction<String> ports,
            KillMode killMode,
            FaultBoard faults,
            InstantSource clock,
            Consumer<String> tear,
            Command command) {}

    private static final class Place {
        private @Nullable NodeProcess process;
        private int port;
        private String cluster = "-";
        private State state = State.KILLED;
    }

    private final Setting setting;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final RegionProxy proxy;
    private final AtomicLong revision = new AtomicLong();

    private ProcessWorld(Setting setting) {
        super(setting.faults(), setting.clock());
        this.setting = setting;
        this.proxy = new RegionProxy(setting.vertx(), setting.host());
        for (String region : setting.regions()) {
            Place place = new Place();
            place.port = setting.ports().applyAsInt(region);
            places.put(region, place);
        }
    }

    /** Starts every region; where one cannot start, ends those that did. */
    public static CompletionStage<World> start(Setting setting) {
        ProcessWorld world = new ProcessWorld(setting);
        List<CompletableFuture<Void>> starts = new ArrayList<>();
        for (String region : setting.regions()) {
            starts.add(world.startRegion(region).toCompletableFuture());
        }
        return CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new))
                .thenCompose(started -> world.tellAll())
                .handle((told, failure) -> failure == null
                        ? CompletableFuture.<World>completedFuture(world)
                        : world.stop().thenCompose(stopped -> CompletableFuture.<World>failedFuture(failure)))
                .thenCompose(outcome -> outcome);
    }

    private CompletionStage<Void> startRegion(String region) {
        Place place = placeOf(region);
        NodeProcess process;
        try {
            process = NodeProcess.start(region, setting.command().of(region, place.port));
        } catch (IOException cannot) {
            return CompletableFuture.failedFuture(cannot);
        }
        synchronized (this) {
            place.process = process;
        }
        process.ended().thenAccept(end -> ended(region, process));
        return process.ready().thenAccept(ready -> {
            synchronized (this) {
                place.port = ready.port();
                place.cluster = ready.cluster();
                place.state = State.LIVE;
            }
        });
    }

    private synchronized void ended(String region, NodeProcess process) {
        Place place = placeOf(region);
        if (place.process == process) {
            LOG.warn("the process of region {} has ended", region);
            place.process = null;
            place.state = State.KILLED;
        }
    }

    private synchronized Place placeOf(String region) {
        Place place = places.get(region);
        if (place == null) {
            throw new IllegalArgumentException(
                    "region " + region + " is not running here (running: " + String.join(", ", places.keySet()) + ")");
        }
        return place;
    }

    /** Tells every live region how things are. */
    @Override
    CompletionStage<Void> tellAll() {
        byte[] directive;
        List<Integer> ports = new ArrayList<>();
        synchronized (this) {
            directive = directive().toJson();
            for (Place place : places.values()) {
                if (place.state == State.LIVE) {
                    ports.add(place.port);
                }
            }
        }
        List<CompletableFuture<Void>> told = new ArrayList<>();
        for (int port : ports) {
            told.add(proxy.post(port, DirectiveResource.PATH, directive).toCompletableFuture());
        }
        return CompletableFuture.allOf(told.toArray(CompletableFuture[]::new));
    }

    private Directive directive() {
        Map<FaultBoard.Direction, LinkFault> links = new HashMap<>();
        Map<String, Integer> doors = new HashMap<>();
        List<String> seeds = new ArrayList<>();
        places.forEach((from, place) -> {
            places.keySet().stream()
                    .filter(to -> !to.equals(from))
                    .forEach(to -> links.put(
                            new FaultBoard.Direction(from, to), setting.faults().link(from, to)));
            doors.put(from, place.port);
            if (place.state == State.LIVE && !place.cluster.equals("-")) {
                seeds.add(place.cluster);
            }
        });
        return new Directive(
                revision.incrementAndGet(),
                links,
                setting.faults().faultyRegions(),
                setting.faults().doorRules(),
                doors,
                seeds);
    }

    @Override
    void check(String region) {
        placeOf(region);
    }

    @Override
    public List<String> regions() {
        return setting.regions();
    }

    @Override
    public synchronized State state(String region) {
        return placeOf(region).state;
    }

    @Override
    public synchronized int port(String region) {
        return placeOf(region).port;
    }

    @Override
    public CompletionStage<Void> kill(String region) {
        NodeProcess process;
        synchronized (this) {
            Place place = placeOf(region);
            process = place.process;
            place.process = null;
            place.state = State.KILLED;
        }
        if (process == null) {
            return CompletableFuture.completedFuture(null);
        }
        boolean isTorn = setting.faults().region(region).disk().tornWrite();
        return process.kill().thenRun(() -> {
            if (isTorn) {
                setting.tear().accept(region);
            }
        });
    }

    @Override
    public CompletionStage<Void> pause(String region) {
        NodeProcess process;
        synchronized (this) {
            Place place = placeOf(region);
            process = place.process;
            if (process == null || place.state != State.LIVE) {
                return CompletableFuture.completedFuture(null);
            }
            place.state = State.PAUSED;
        }
        return process.signal("STOP");
    }

    @Override
    public CompletionStage<Void> heal(String region) {
        NodeProcess frozen = null;
        synchronized (this) {
            Place place = placeOf(region);
            if (place.state == State.LIVE) {
                return CompletableFuture.completedFuture(null);
            }
            if (place.state == State.PAUSED) {
                place.state = State.LIVE;
                frozen = place.process;
            }
        }
        if (frozen != null) {
            return frozen.signal("CONT").thenCompose(live -> tellAll());
        }
        long delayMillis = setting.faults().region(region).startDelayMillis();
        if (delayMillis > 0) {
            // It is under way; who waits for it would hold up the faults that come next.
            setting.vertx().setTimer(delayMillis, due -> startAgain(region));
            return CompletableFuture.completedFuture(null);
        }
        return startAgain(region);
    }

    private CompletionStage<Void> startAgain(String region) {
        synchronized (this) {
            Place place = placeOf(region);
            if (place.state == State.LIVE || place.process != null) {
                return CompletableFuture.completedFuture(null);
            }
        }
        return startRegion(region).thenCompose(live -> tellAll());
    }

    @Override
    public synchronized FrontDoor.RegionTarget target(String region) {
        Place place = placeOf(region);
        return place.state == State.KILLED ? setting.killMode().target() : proxy.to(place.port);
    }

    @Override
    public CompletionStage<Void> stop() {
        List<NodeProcess> running = new ArrayList<>();
        List<CompletableFuture<Void>> awake = new ArrayList<>();
        synchronized (this) {
            for (Place place : places.values()) {
                NodeProcess process = place.process;
                if (process != null) {
                    running.add(process);
                    if (place.state == State.PAUSED) {
                        awake.add(process.signal("CONT").toCompletableFuture());
                    }
                }
                place.process = null;
                place.state = State.KILLED;
            }
        }
        return CompletableFuture.allOf(awake.toArray(CompletableFuture[]::new))
                .handle((woken, failure) -> running.stream()
                        .map(process -> process.stop().toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .thenCompose(CompletableFuture::allOf)
                .whenComplete((stopped, failure) -> proxy.close());
    }
}
