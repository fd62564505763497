package dev.meridian.chaos.world;

import dev.meridian.chaos.fault.ChaosDoor;
import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.fault.FaultyStore;
import dev.meridian.chaos.fault.MemoryBallast;
import dev.meridian.chaos.fault.RegionFault;
import dev.meridian.chaos.fault.SkewedClock;
import dev.meridian.node.RegionNode;
import dev.meridian.node.RegionPorts;
import dev.meridian.node.RegionSettings;
import dev.meridian.node.http.FrontDoor;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.storage.OrderedStore;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Regions of one process: one actor system each, links over loopback bent by the fault board. They know each other's doors,
 * and form no cluster.
 */
public final class InProcessWorld extends BoardWorld {

    /**
     * What all regions share.
     *
     * @param stores gives each region what opens its store
     * @param tear leaves half a write at the end of the log of a region that has just died
     * @param nanoClock a monotonic clock in nanoseconds
     */
    public record Setting(
            Vertx vertx,
            String host,
            List<RegionSettings.Peer> regions,
            int partitionsPerTable,
            boolean globalTables,
            ServiceSettings service,
            KillMode killMode,
            FaultBoard faults,
            Function<String, Supplier<OrderedStore>> stores,
            Consumer<String> tear,
            InstantSource clock,
            LongSupplier nanoClock,
            RandomGenerator random) {}

    private static final class Place {
        private @Nullable RegionNode node;
        private int port;
        private State state = State.KILLED;
        private boolean isStarting;
    }

    private final Setting setting;
    private final List<String> names;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final PauseGates gates = new PauseGates();
    private final MemoryBallast ballast = new MemoryBallast();

    private InProcessWorld(Setting setting) {
        super(setting.faults(), setting.clock());
        this.setting = setting;
        this.names = setting.regions().stream().map(RegionSettings.Peer::region).toList();
        names.forEach(name -> places.put(name, new Place()));
    }

    /** Starts every region; where one cannot start, ends those that did. */
    public static CompletionStage<World> start(Setting setting) {
        InProcessWorld world = new InProcessWorld(setting);
        List<CompletableFuture<Void>> starts = new ArrayList<>();
        for (RegionSettings.Peer region : setting.regions()) {
            starts.add(world.startRegion(region.region(), region.port()).toCompletableFuture());
        }
        CompletableFuture<World> ready = new CompletableFuture<>();
        CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).whenComplete((done, failure) -> {
            if (failure == null) {
                ready.complete(world);
            } else {
                world.stop().whenComplete((stopped, again) -> ready.completeExceptionally(failure));
            }
        });
        return ready;
    }

    private CompletionStage<Void> startRegion(String region, int port) {
        RegionSettings settings = new RegionSettings(
                region,
                setting.host(),
                port,
                setting.regions(),
                setting.partitionsPerTable(),
                setting.globalTables(),
                setting.service(),
                RegionSettings.ClusterSettings.none());
        RegionPorts ports = new RegionPorts(
                setting.vertx(),
                new SkewedClock(region, setting.faults(), setting.clock()),
                setting.nanoClock(),
                setting.random(),
                () -> new FaultyStore(
                        region,
                        setting.stores().apply(region).get(),
                        setting.faults(),
                        BentLinks.timer(setting.vertx())),
                links -> BentLinks.of(
                        region,
                        gates.links(region, links),
                        setting.faults(),
                        setting.vertx(),
                        setting.nanoClock(),
                        setting.random()),
                peer -> Optional.of(placeOf(peer).port).filter(known -> known > 0),
                () -> setting.faults().region(region).shortage(),
                new ChaosDoor(
                        region,
                        gates.door(region),
                        setting.faults(),
                        BentLinks.timer(setting.vertx()),
                        setting.random()),
                List.of());
        return RegionNode.start(settings, ports).thenAccept(node -> {
            synchronized (this) {
                Place place = placeOf(region);
                place.node = node;
                place.port = node.port();
                place.state = State.LIVE;
            }
        });
    }

    private synchronized List<RegionNode> live() {
        List<RegionNode> nodes = new ArrayList<>();
        for (Place place : places.values()) {
            RegionNode node = place.node;
            if (node != null) {
                nodes.add(node);
            }
        }
        return nodes;
    }

    private synchronized Place placeOf(String region) {
        Place place = places.get(region);
        if (place == null) {
            throw new IllegalArgumentException(
                    "region " + region + " is not running here (running: " + String.join(", ", names) + ")");
        }
        return place;
    }

    @Override
    void check(String region) {
        placeOf(region);
    }

    @Override
    CompletionStage<Void> tellAll() {
        ballast.hold(faults().faultyRegions().values().stream()
                .mapToLong(RegionFault::memoryBytes)
                .sum());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public List<String> regions() {
        return names;
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
        RegionNode node;
        synchronized (this) {
            Place place = placeOf(region);
            node = place.node;
            place.node = null;
            place.state = State.KILLED;
        }
        gates.resume(region);
        if (node == null) {
            return CompletableFuture.completedFuture(null);
        }
        boolean isTorn = setting.faults().region(region).disk().tornWrite();
        return node.kill().thenRun(() -> {
            if (isTorn) {
                setting.tear().accept(region);
            }
        });
    }

    @Override
    public synchronized CompletionStage<Void> pause(String region) {
        Place place = placeOf(region);
        if (place.state == State.LIVE) {
            place.state = State.PAUSED;
            gates.pause(region);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> heal(String region) {
        int port;
        synchronized (this) {
            Place place = placeOf(region);
            if (place.state == State.PAUSED) {
                place.state = State.LIVE;
                gates.resume(region);
            }
            if (place.state == State.LIVE) {
                return CompletableFuture.completedFuture(null);
            }
            port = place.port;
        }
        long delayMillis = setting.faults().region(region).startDelayMillis();
        if (delayMillis > 0) {
            // It is under way; who waits for it would hold up the faults that come next.
            setting.vertx().setTimer(delayMillis, due -> startAgain(region, port));
            return CompletableFuture.completedFuture(null);
        }
        return startAgain(region, port);
    }

    private CompletionStage<Void> startAgain(String region, int port) {
        synchronized (this) {
            Place place = placeOf(region);
            if (place.state == State.LIVE || place.isStarting) {
                return CompletableFuture.completedFuture(null);
            }
            place.isStarting = true;
        }
        return startRegion(region, port).whenComplete((started, failure) -> started(region));
    }

    private synchronized void started(String region) {
        placeOf(region).isStarting = false;
    }

    @Override
    public FrontDoor.RegionTarget target(String region) {
        RegionNode node;
        synchronized (this) {
            node = placeOf(region).node;
        }
        return node == null ? setting.killMode().target() : new LocalTarget(node);
    }

    @Override
    public CompletionStage<Void> stop() {
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        names.forEach(gates::resume);
        live().forEach(node -> ends.add(node.stop().toCompletableFuture()));
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
    }
}
