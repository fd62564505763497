package dev.meridian.cli;

import dev.meridian.chaos.fault.FaultBoard;
import dev.meridian.chaos.world.KillMode;
import dev.meridian.chaos.world.ProcessWorld;
import dev.meridian.chaos.world.World;
import dev.meridian.node.RegionSettings;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Starts one process a region: this same program as 'node'. */
final class IsolatedRegions {

    private final UpOptions options;
    private final List<RegionSettings.Peer> regions;

    IsolatedRegions(UpOptions options, List<RegionSettings.Peer> regions) {
        this.options = options;
        this.regions = regions;
        if (options.inMemory()) {
            throw new UserError(
                    ExitCode.USAGE,
                    "--isolated needs a disk: a process that is killed forgets its memory; leave out --in-memory");
        }
    }

    CompletionStage<World> start(Vertx vertx, FaultBoard faults) {
        return ProcessWorld.start(new ProcessWorld.Setting(
                vertx,
                options.host(),
                regions.stream().map(RegionSettings.Peer::region).toList(),
                region -> regions.stream()
                        .filter(peer -> peer.region().equals(region))
                        .mapToInt(RegionSettings.Peer::port)
                        .sum(),
                KillMode.parse(options.killMode()),
                faults,
                SystemRuntime.clock(),
                RegionStores.onDisk(options.data())::tear,
                this::command));
    }

    private List<String> command(String region, int port) {
        List<String> command = new ArrayList<>(SystemRuntime.thisProgram());
        command.addAll(List.of("node", "--directed", "--region", region));
        command.addAll(List.of("--host", options.host(), "--port", Integer.toString(port)));
        command.addAll(List.of("--data", options.data().toString()));
        command.addAll(List.of("--partitions", Integer.toString(options.partitions())));
        for (RegionSettings.Peer peer : regions) {
            // Where the others' doors are is told by directive, since free ports are known only when all run.
            command.addAll(List.of("--peer", peer.region() + "=" + peer.host() + ":0"));
        }
        command.addAll(List.of("--service", options.service().toText()));
        if (!options.globalTables()) {
            command.add("--no-global-tables");
        }
        if (!options.cluster()) {
            command.add("--no-cluster");
        }
        return command;
    }
}
