package dev.meridian.node;

import dev.meridian.node.settings.ServiceSettings;
import java.util.List;

/**
 * What one region is told when it starts.
 *
 * @param region the region's name, for example {@code us-east-1}
 * @param host the address the door binds
 * @param port the door's port; 0 picks a free one
 * @param peers every region of this run with where its door is expected, in the order they were given; port 0 where only
 *     the cluster will tell
 * @param partitionsPerTable how many partitions a new table has; the same in every region
 * @param globalTables whether CreateTable gives a new table a replica in every region of this run
 * @param service how closely the service is followed
 * @param cluster where the cluster listens and whom it joins
 */
public record RegionSettings(
        String region,
        String host,
        int port,
        List<Peer> peers,
        int partitionsPerTable,
        boolean globalTables,
        ServiceSettings service,
        ClusterSettings cluster) {

    /** A region and the address of its door. */
    public record Peer(String region, String host, int port) {}

    /**
     * The cluster's part.
     *
     * @param enabled false where the list of peers is all there is
     * @param port the cluster's own port; 0 picks a free one
     * @param seeds {@code host:port} of nodes to join; empty: start a cluster
     */
    public record ClusterSettings(boolean enabled, int port, List<String> seeds) {

        public static ClusterSettings none() {
            return new ClusterSettings(false, 0, List.of());
        }
    }
}
