package dev.meridian.node;

import dev.meridian.node.http.HttpLinks;
import dev.meridian.node.http.RegionDoor;
import dev.meridian.node.inspection.RegionInspection;
import dev.meridian.node.journal.JournalStores;
import dev.meridian.storage.OrderedStore;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;

/**
 * One region, running: its store, its actors, its links and its door. Starts with what its store holds; {@link #stop}
 * ends it in good order, {@link #kill} as if the process had been killed.
 */
public final class RegionNode {

    private final RegionSettings settings;
    private final OrderedStore store;
    private final String journal;
    private final ActorSystem<Void> system;
    private final ExecutorService reading;
    private final HttpLinks links;
    private final RegionDoor door;
    private final int port;
    private final RegionInspection inspection;

    RegionNode(
            RegionSettings settings,
            OrderedStore store,
            String journal,
            ActorSystem<Void> system,
            ExecutorService reading,
            HttpLinks links,
            RegionDoor door,
            int port,
            RegionInspection inspection) {
        this.settings = settings;
        this.store = store;
        this.journal = journal;
        this.system = system;
        this.reading = reading;
        this.links = links;
        this.door = door;
        this.port = port;
        this.inspection = inspection;
    }

    /**
     * Starts a region. Completes when its door answers; fails, and leaves nothing behind, where the store cannot be opened
     * or the port is taken. Replication goes on by itself from then on, whether or not any peer can be reached.
     */
    public static CompletionStage<RegionNode> start(RegionSettings settings, RegionPorts ports) {
        // Stores and actor systems take their time; several regions that start together have them made side by side.
        return CompletableFuture.supplyAsync(ports.store()).thenCompose(store -> {
            RegionStart starting = new RegionStart(settings, ports, store);
            return starting.bind().thenComposeAsync(starting::run).whenComplete((node, failure) -> {
                if (failure != null) {
                    store.close();
                }
            });
        });
    }

    public String region() {
        return settings.region();
    }

    /** The port of the door. */
    public int port() {
        return port;
    }

    /** What can be seen of the region. */
    public RegionInspection inspection() {
        return inspection;
    }

    /** Handles a request as if it had come through the region's own door; on an event loop. */
    public void handle(HttpServerRequest request) {
        door.handle(request);
    }

    /** Somebody has connected to a door that may hand requests to this region. */
    public void connected(HttpConnection connection) {
        door.connected(connection);
    }

    /** Joins the cluster through these addresses, {@code host:port}; without any, starts one. */
    public void join(List<String> seeds) {
        if (!settings.cluster().enabled()) {
            return;
        }
        List<Address> addresses = new ArrayList<>();
        for (String seed : seeds) {
            addresses.add(AddressFromURIString.parse("pekko://meridian@" + seed));
        }
        if (addresses.isEmpty()) {
            addresses.add(Cluster.get(system).selfMember().address());
        }
        Cluster.get(system).manager().tell(new JoinSeedNodes(addresses));
    }

    /** Where the region's cluster node listens, {@code host:port}; empty without a cluster. */
    public Optional<String> clusterAddress() {
        if (!settings.cluster().enabled()) {
            return Optional.empty();
        }
        Address address = Cluster.get(system).selfMember().address();
        return Optional.of(address.host().get() + ":" + address.port().get());
    }

    /** Ends in good order: the door closes, what was taken is finished, the store is closed. */
    public CompletionStage<Void> stop() {
        return door.close().handle((closed, failure) -> closed).thenCompose(closed -> end(store::close));
    }

    /** Ends like a killed process: nothing is flushed, nobody is answered. */
    public CompletionStage<Void> kill() {
        CompletionStage<Void> closing = door.close().handle((closed, failure) -> null);
        return end(store::abandon).thenCompose(ended -> closing);
    }

    private CompletionStage<Void> end(Runnable release) {
        system.terminate();
        return system.getWhenTerminated().thenRunAsync(() -> {
            links.close();
            JournalStores.remove(journal);
            reading.shutdown();
            release.run();
        });
    }
}
