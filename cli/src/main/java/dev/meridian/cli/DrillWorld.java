package dev.meridian.cli;

import dev.meridian.chaos.control.ControlResource;
import dev.meridian.chaos.drill.Drill;
import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.fault.LatencyPreset;
import dev.meridian.chaos.route.HealthChecks;
import dev.meridian.chaos.route.RegionRouting;
import dev.meridian.chaos.route.RouteResource;
import dev.meridian.chaos.route.RouteSettings;
import dev.meridian.chaos.world.InProcessWorld;
import dev.meridian.chaos.world.KillMode;
import dev.meridian.chaos.world.ProcessWorld;
import dev.meridian.chaos.world.World;
import dev.meridian.node.RegionSettings;
import dev.meridian.node.http.FrontDoor;
import dev.meridian.node.settings.ServiceSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Regions for one drill: on free ports, with data in a folder that goes when they go. */
final class DrillWorld implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int PARTITIONS = 4;
    /** Several processes share the machine. */
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-Xmx1g");

    private final Vertx vertx;
    private final RegionStores stores;
    private final Path data;
    private final World world;
    private final FrontDoor door;
    private final HealthChecks checks;
    private final int port;

    private DrillWorld(
            Vertx vertx, RegionStores stores, Path data, World world, FrontDoor door, HealthChecks checks, int port) {
        this.vertx = vertx;
        this.stores = stores;
        this.data = data;
        this.world = world;
        this.door = door;
        this.checks = checks;
        this.port = port;
    }

    /** Regions in this process. */
    static DrillWorld start(Drill drill) throws IOException {
        Vertx vertx = SystemRuntime.vertx();
        List<String> names = drill.topology().regions();
        Path data = Files.createTempDirectory("meridian-drill");
        RegionStores stores = RegionStores.onDisk(data);
        World world = InProcessWorld.start(new InProcessWorld.Setting(
                        vertx,
                        HOST,
                        names.stream()
                                .map(name -> new RegionSettings.Peer(name, HOST, 0))
                                .toList(),
                        PARTITIONS,
                        // A strongly consistent table is made of one that stands in one region.
                        !drill.topology().isStrong(),
                        ServiceSettings.defaults(),
                        KillMode.REFUSE,
                        faults(drill),
                        stores::of,
                        stores::tear,
                        SystemRuntime.clock(),
                        SystemRuntime::nanos,
                        SystemRuntime.random()))
                .toCompletableFuture()
                .join();
        return open(vertx, stores, data, world);
    }

    /** Regions in processes of their own. */
    static DrillWorld isolated(Drill drill) throws IOException {
        return isolated(drill.topology().regions(), faults(drill), List.of());
    }

    /** Regions in processes of their own without latency, where new tables are global or not. */
    static DrillWorld isolated(List<String> regions, boolean globalTables) throws IOException {
        return isolated(
                regions,
                new FaultBoard(LatencyPreset.of("none", regions)),
                globalTables ? List.of() : List.of("--no-global-tables"));
    }

    private static DrillWorld isolated(List<String> names, FaultBoard faults, List<String> more) throws IOException {
        Vertx vertx = SystemRuntime.vertx();
        Path data = Files.createTempDirectory("meridian-drill");
        RegionStores stores = RegionStores.onDisk(data);
        World world = ProcessWorld.start(new ProcessWorld.Setting(
                        vertx,
                        HOST,
                        names,
                        region -> 0,
                        KillMode.REFUSE,
                        faults,
                        SystemRuntime.clock(),
                        stores::tear,
                        (region, port) -> command(names, region, port, data, more)))
                .toCompletableFuture()
                .join();
        return open(vertx, stores, data, world);
    }

    private static FaultBoard faults(Drill drill) {
        return new FaultBoard(
                LatencyPreset.of(drill.topology().latency(), drill.topology().regions()));
    }

    private static List<String> command(List<String> regions, String region, int port, Path data, List<String> more) {
        List<String> command = new ArrayList<>(SystemRuntime.thisProgram());
        command.addAll(1, SMALL);
        command.addAll(List.of("node", "--directed", "--no-cluster", "--region", region, "--host", HOST));
        command.addAll(List.of("--port", Integer.toString(port), "--data", data.toString()));
        command.addAll(List.of("--partitions", Integer.toString(PARTITIONS)));
        for (String peer : regions) {
            command.addAll(List.of("--peer", peer + "=" + HOST + ":0"));
        }
        command.addAll(more);
        return command;
    }

    private static DrillWorld open(Vertx vertx, RegionStores stores, Path data, World world) {
        List<String> names = world.regions();
        RegionRouting routing = new RegionRouting(world, RouteSettings.DEFAULT, SystemRuntime::nanos);
        HealthChecks checks = new HealthChecks(vertx, world, HOST, routing);
        FrontDoor door = new FrontDoor(
                vertx,
                names,
                world::target,
                routing,
                List.of(
                        new RouteResource(world, routing),
                        new ControlResource(vertx, world, HOST, SystemRuntime::nanos)));
        checks.start();
        int port = door.open(HOST, 0).toCompletableFuture().join();
        return new DrillWorld(vertx, stores, data, world, door, checks, port);
    }

    /** The front door. */
    String url() {
        return "http://" + HOST + ":" + port;
    }

    @Override
    public void close() {
        checks.stop();
        door.close().toCompletableFuture().join();
        world.stop().toCompletableFuture().join();
        stores.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
