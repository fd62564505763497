package dev.meridian.cli;

import dev.meridian.chaos.fault.ChaosDoor;
import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.fault.FaultyStore;
import dev.meridian.chaos.fault.SkewedClock;
import dev.meridian.chaos.world.BentLinks;
import dev.meridian.chaos.world.DirectiveResource;
import dev.meridian.node.RegionNode;
import dev.meridian.node.RegionPorts;
import dev.meridian.node.RegionSettings;
import dev.meridian.node.capacity.Shortage;
import dev.meridian.node.http.DoorGate;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs one region in this process. */
@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        description = "Runs one region in this process and joins the others.%n"
                + "Example: meridian node --region us-east-1 --port 8101 --peer eu-west-1=127.0.0.1:8102")
final class Node implements Callable<Integer> {

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Override
    public Integer call() throws InterruptedException {
        Vertx vertx = SystemRuntime.vertx();
        try (StopSignal stop = new StopSignal();
                RegionStores stores = new RegionStores(options.inMemory(), options.data(), 1)) {
            CompletableFuture<List<String>> seeds = new CompletableFuture<>();
            FaultBoard board = new FaultBoard(Map.of());
            DirectiveResource directives = new DirectiveResource(options.region(), board, seeds::complete);
            RegionNode node = start(vertx, ports(vertx, stores, board, directives));
            if (options.directed()) {
                seeds.thenAccept(node::join);
                SystemRuntime.out()
                        .println("ready " + node.port() + " "
                                + node.clusterAddress().orElse("-"));
                SystemRuntime.out().flush();
                stopWithParent(stop);
            } else {
                node.join(options.seeds());
                SystemRuntime.out()
                        .println("Region " + node.region() + " answers at http://" + options.host() + ":" + node.port()
                                + node.clusterAddress()
                                        .map(address -> ", its cluster node at " + address)
                                        .orElse("") + ". Ctrl-C stops it.");
                SystemRuntime.out().flush();
            }
            stop.await();
            node.stop().toCompletableFuture().join();
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        return ExitCode.DONE;
    }

    private RegionPorts ports(Vertx vertx, RegionStores stores, FaultBoard board, DirectiveResource directives) {
        String region = options.region();
        if (!options.directed()) {
            return new RegionPorts(
                    vertx,
                    SystemRuntime.clock(),
                    SystemRuntime::nanos,
                    SystemRuntime.random(),
                    stores.of(region),
                    links -> links,
                    peer -> Optional.empty(),
                    () -> Shortage.NONE,
                    DoorGate.OPEN,
                    List.of());
        }
        return new RegionPorts(
                vertx,
                new SkewedClock(region, board, SystemRuntime.clock()),
                SystemRuntime::nanos,
                SystemRuntime.random(),
                () -> new FaultyStore(region, stores.of(region).get(), board, BentLinks.timer(vertx)),
                links -> BentLinks.of(region, links, board, vertx, SystemRuntime::nanos, SystemRuntime.random()),
                directives::door,
                () -> board.region(region).shortage(),
                new ChaosDoor(region, DoorGate.OPEN, board, BentLinks.timer(vertx), SystemRuntime.random()),
                List.of(directives));
    }

    private RegionNode start(Vertx vertx, RegionPorts ports) {
        RegionSettings settings = options.settings();
        try {
            return RegionNode.start(settings, ports).toCompletableFuture().join();
        } catch (CompletionException failure) {
            vertx.close();
            throw StartFailure.of(
                    failure, List.of(new RegionSettings.Peer(settings.region(), settings.host(), settings.port())));
        }
    }

    /** The end of the standard input is the end of the process that started this one. */
    private static void stopWithParent(StopSignal stop) {
        InputStream input = SystemRuntime.in();
        Thread watching = new Thread(
                () -> {
                    try {
                        input.transferTo(java.io.OutputStream.nullOutputStream());
                    } catch (IOException broken) {
                        // A broken pipe says the same as its end.
                    }
                    stop.ask();
                },
                "watching-parent");
        watching.setDaemon(true);
        watching.start();
    }
}
