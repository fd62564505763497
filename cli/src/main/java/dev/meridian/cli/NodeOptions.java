package dev.meridian.cli;

import dev.meridian.node.RegionSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of 'node'. */
final class NodeOptions {

    @Option(names = "--region", required = true, description = "The region, for example us-east-1.")
    private String region = "";

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "The address to bind, which the other regions use (default: ${DEFAULT-VALUE}).")
    private String host = "";

    @Option(
            names = "--port",
            defaultValue = "8101",
            description = "The door's port; 0 picks a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--peer",
            paramLabel = "REGION=HOST:PORT",
            description = "Another region and where its door is; once for each.")
    private Map<String, String> peers = new LinkedHashMap<>();

    @Option(
            names = "--join",
            split = ",",
            paramLabel = "HOST:PORT",
            description = "Cluster nodes to join; without any, a cluster is started.")
    private List<String> seeds = List.of();

    @Option(
            names = "--cluster-port",
            defaultValue = "0",
            description = "The cluster's own port; 0 picks a free one (default: ${DEFAULT-VALUE}).")
    private int clusterPort;

    @Option(names = "--no-cluster", description = "Form no cluster; the peers given are all there is.")
    private boolean noCluster;

    @Option(
            names = "--data",
            defaultValue = ".meridian",
            description = "Where data is kept, in a folder of the region's name (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of(".meridian");

    @Option(names = "--in-memory", description = "Keep nothing on disk.")
    private boolean inMemory;

    @Option(
            names = "--partitions",
            defaultValue = "4",
            description = "Partitions of a new table, the same in every region (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(names = "--no-global-tables", description = "New tables get no replicas until UpdateTable adds them.")
    private boolean regionalTables;

    @Option(names = "--directed", hidden = true, description = "Take orders from the process that started this one.")
    private boolean directed;

    @Mixin
    private ServiceOptions service = new ServiceOptions();

    RegionSettings settings() {
        List<RegionSettings.Peer> all = new ArrayList<>();
        all.add(new RegionSettings.Peer(region, host, port));
        peers.forEach((name, address) -> {
            if (!name.equals(region)) {
                all.add(peer(name, address));
            }
        });
        return new RegionSettings(
                region,
                host,
                port,
                all,
                partitions,
                !regionalTables,
                service.settings(),
                new RegionSettings.ClusterSettings(!noCluster, clusterPort, seeds));
    }

    private static RegionSettings.Peer peer(String name, String address) {
        int colon = address.lastIndexOf(':');
        try {
            return new RegionSettings.Peer(
                    name, address.substring(0, Math.max(0, colon)), Integer.parseInt(address.substring(colon + 1)));
        } catch (NumberFormatException noPort) {
            throw new UserError(ExitCode.USAGE, "--peer is written like eu-west-1=127.0.0.1:8102");
        }
    }

    String region() {
        return region;
    }

    String host() {
        return host;
    }

    List<String> seeds() {
        return seeds;
    }

    Path data() {
        return data;
    }

    boolean inMemory() {
        return inMemory;
    }

    boolean directed() {
        return directed;
    }
}
