package dev.meridian.cli;

import dev.meridian.chaos.control.ControlIndex;
import dev.meridian.chaos.control.ControlResource;
import dev.meridian.chaos.control.DoorFaults;
import dev.meridian.chaos.control.FaultMetrics;
import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.fault.LatencyPreset;
import dev.meridian.chaos.monkey.Monkey;
import dev.meridian.chaos.monkey.MonkeyRun;
import dev.meridian.chaos.route.HealthChecks;
import dev.meridian.chaos.route.RegionRouting;
import dev.meridian.chaos.route.RoutePolicy;
import dev.meridian.chaos.route.RouteResource;
import dev.meridian.chaos.route.Standing;
import dev.meridian.chaos.world.InProcessWorld;
import dev.meridian.chaos.world.KillMode;
import dev.meridian.chaos.world.World;
import dev.meridian.node.RegionSettings;
import dev.meridian.node.http.FrontDoor;
import dev.meridian.node.http.GatheredMetrics;
import dev.meridian.node.http.HealthResource;
import dev.meridian.node.http.HttpResource;
import dev.meridian.node.http.PeerAddress;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.net.BindException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts the regions and the front door, tells how to use them, and runs until it is stopped. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description =
                "Starts the regions in this process and tells how to use them.%nExample: meridian up --latency aws")
final class Up implements Callable<Integer> {

    private static final int FIRST_REGION_PORT = 101;

    @Mixin
    private UpOptions options = new UpOptions();

    @Override
    public Integer call() throws InterruptedException {
        options.readFile();
        List<RegionSettings.Peer> regions = regions();
        Vertx vertx = SystemRuntime.vertx();
        try (StopSignal stop = new StopSignal();
                RegionStores stores = new RegionStores(options.inMemory(), options.data(), regions.size())) {
            FaultBoard faults = new FaultBoard(LatencyPreset.of(options.latency(), names(regions)));
            World world = start(vertx, regions, faults, stores);
            RegionRouting routing = new RegionRouting(world, options.route(world.regions()), SystemRuntime::nanos);
            HealthChecks checks = new HealthChecks(vertx, world, options.host(), routing);
            FrontDoor door = frontDoor(vertx, world, routing);
            Optional<MonkeyRun> monkey = monkey(vertx, world);
            tell(world, open(door, world), routing.settings().policy());
            checks.start();
            monkey.ifPresent(MonkeyRun::start);
            if (!options.untilReady()) {
                stop.await();
            }
            monkey.ifPresent(running -> running.stop().toCompletableFuture().join());
            checks.stop();
            door.close().toCompletableFuture().join();
            world.stop().toCompletableFuture().join();
            vertx.close().toCompletionStage().toCompletableFuture().join();
        } catch (IllegalArgumentException wrong) {
            throw new UserError(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
        }
        return ExitCode.DONE;
    }

    private List<RegionSettings.Peer> regions() {
        List<RegionSettings.Peer> regions = new ArrayList<>();
        if (new HashSet<>(options.regions()).size() != options.regions().size()
                || options.regions().isEmpty()) {
            throw new UserError(ExitCode.USAGE, "--regions names each region once, for example us-east-1,eu-west-1");
        }
        for (String region : options.regions()) {
            if (!region.matches("[a-z]{2,}(-[a-z0-9]+)+")) {
                throw new UserError(
                        ExitCode.USAGE, "'" + region + "' is not a region's name; they look like eu-west-1");
            }
            int port = options.port() == 0 ? 0 : options.port() + FIRST_REGION_PORT + regions.size();
            regions.add(new RegionSettings.Peer(region, options.host(), port));
        }
        return regions;
    }

    private Optional<MonkeyRun> monkey(Vertx vertx, World world) {
        return options.monkeySeed(() -> SystemRuntime.random().nextInt(1_000_000))
                .map(seed -> {
                    SystemRuntime.out().println("monkey: seed " + seed + ", " + Monkey.RATE);
                    return new MonkeyRun(
                            vertx,
                            world,
                            new Monkey(world.regions(), new Random(seed)),
                            line -> SystemRuntime.out().println(line));
                });
    }

    private static List<String> names(List<RegionSettings.Peer> regions) {
        return regions.stream().map(RegionSettings.Peer::region).toList();
    }

    private World start(Vertx vertx, List<RegionSettings.Peer> regions, FaultBoard faults, RegionStores stores) {
        CompletionStage<World> world = options.isolated()
                ? new IsolatedRegions(options, regions).start(vertx, faults)
                : InProcessWorld.start(inProcess(vertx, regions, faults, stores));
        try {
            return world.toCompletableFuture().join();
        } catch (CompletionException failure) {
            throw StartFailure.of(failure, regions);
        }
    }

    private InProcessWorld.Setting inProcess(
            Vertx vertx, List<RegionSettings.Peer> regions, FaultBoard faults, RegionStores stores) {
        return new InProcessWorld.Setting(
                vertx,
                options.host(),
                regions,
                options.partitions(),
                options.globalTables(),
                options.service(),
                KillMode.parse(options.killMode()),
                faults,
                stores::of,
                stores::tear,
                SystemRuntime.clock(),
                SystemRuntime::nanos,
                SystemRuntime.random());
    }

    private FrontDoor frontDoor(Vertx vertx, World world, RegionRouting routing) {
        ControlResource control = new ControlResource(vertx, world, options.host(), SystemRuntime::nanos);
        List<HttpResource> resources = new ArrayList<>(HealthResource.of(() -> states(world)));
        resources.add(new RouteResource(world, routing));
        resources.add(control);
        resources.add(new DoorFaults(world));
        resources.add(new GatheredMetrics(
                vertx,
                () -> states(world),
                () -> liveDoors(world),
                page -> FaultMetrics.add(page, world.regions(), world.faults(), world.wallMillis())));
        resources.add(new ControlIndex());
        return new FrontDoor(vertx, world.regions(), world::target, routing, resources);
    }

    private int open(FrontDoor door, World world) {
        try {
            return door.open(options.host(), options.port())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException failure) {
            world.stop().toCompletableFuture().join();
            throw failure.getCause() instanceof BindException
                    ? new UserError(ExitCode.UNAVAILABLE, PortHolder.sentence(options.host(), options.port()))
                    : new UserError(ExitCode.INTERNAL, "cannot open the front door: " + failure.getMessage());
        }
    }

    private static Map<String, String> states(World world) {
        Map<String, String> states = new LinkedHashMap<>();
        world.states()
                .forEach((region, state) -> states.put(
                        region,
                        state == World.State.LIVE && world.faults().isDraining(region)
                                ? Standing.DRAINING.word()
                                : state.name().toLowerCase(Locale.ROOT)));
        return states;
    }

    private Map<String, PeerAddress> liveDoors(World world) {
        Map<String, PeerAddress> doors = new LinkedHashMap<>();
        world.states().forEach((region, state) -> {
            if (state == World.State.LIVE) {
                doors.put(region, new PeerAddress(options.host(), world.port(region)));
            }
        });
        return doors;
    }

    private void tell(World world, int port, RoutePolicy policy) {
        PrintStream out = SystemRuntime.out();
        String front = "http://" + options.host() + ":" + port;
        String suffix = port == UpOptions.DEFAULT_PORT ? "" : " --url " + front;
        out.println("meridian " + Version.text() + "   " + kept() + "   NOT for production");
        out.printf("  %-16s %-28s %s%n", "region", "endpoint", "latency to the others (one-way)");
        for (String region : world.regions()) {
            StringBuilder latencies = new StringBuilder();
            for (String other : world.regions()) {
                if (!other.equals(region)) {
                    latencies
                            .append(other)
                            .append(' ')
                            .append(world.faults().link(region, other).latencyMillis())
                            .append(" ms   ");
                }
            }
            String mark = region.equals(world.regions().get(0)) ? " *" : "";
            String endpoint = "http://" + options.host() + ":" + world.port(region);
            out.printf(
                    "  %-16s %-28s %s%n",
                    region + mark, endpoint, latencies.toString().strip());
        }
        out.println("  Gateway  " + front + "   ("
                + (policy == RoutePolicy.BY_SIGNATURE
                        ? "region taken from your signature; * without one"
                        : "chooses the region: " + policy.word())
                + ")");
        out.printf("Ready in %.1f s.  Next, in another terminal:%n", SystemRuntime.uptimeMillis() / 1_000.0);
        String home = world.regions().get(0);
        String other = world.regions().get(world.regions().size() > 1 ? 1 : 0);
        out.println("  eval \"$(./meridian env" + suffix + ")\"");
        out.println("  aws dynamodb create-table --region " + home
                + " --table-name cart --billing-mode PAY_PER_REQUEST \\");
        out.println("    --attribute-definitions AttributeName=id,AttributeType=S "
                + "--key-schema AttributeName=id,KeyType=HASH");
        out.println("  aws dynamodb put-item --region " + home
                + " --table-name cart --item '{\"id\":{\"S\":\"1\"},\"qty\":{\"N\":\"2\"}}'");
        out.println("  aws dynamodb get-item --region " + other + " --table-name cart --key '{\"id\":{\"S\":\"1\"}}'");
        out.println("Ctrl-C stops it.");
        out.flush();
    }

    private String kept() {
        return options.inMemory() ? "memory only (leave out --in-memory to keep)" : "data in " + options.data();
    }
}
