package dev.meridian.node;

import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.CatalogueActor;
import dev.meridian.node.cluster.ClusterDirectory;
import dev.meridian.node.cluster.RegionDirectory;
import dev.meridian.node.control.CatalogueWriter;
import dev.meridian.node.http.HealthResource;
import dev.meridian.node.http.HttpLinks;
import dev.meridian.node.http.HttpResource;
import dev.meridian.node.http.LinkResource;
import dev.meridian.node.http.OperationHandler;
import dev.meridian.node.http.PeerAddress;
import dev.meridian.node.http.RegionDoor;
import dev.meridian.node.http.RequestMetrics;
import dev.meridian.node.http.Sessions;
import dev.meridian.node.inspection.LocalResource;
import dev.meridian.node.inspection.MetricsResource;
import dev.meridian.node.inspection.RegionInspection;
import dev.meridian.node.journal.JournalStores;
import dev.meridian.node.replication.Replication;
import dev.meridian.node.strong.StrongTables;
import dev.meridian.replication.link.LinkHandler;
import dev.meridian.storage.OrderedStore;
import dev.meridian.table.model.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of a start: the door is bound first, so that its address can be told, and answers last. */
final class RegionStart {

    private static final Logger LOG = LoggerFactory.getLogger(RegionNode.class);
    private static final int READING_THREADS = 2;

    private final RegionSettings settings;
    private final RegionPorts ports;
    private final OrderedStore store;
    private final RequestMetrics metrics;
    private final CompletableFuture<OperationHandler> operations = new CompletableFuture<>();
    private final CompletableFuture<Sessions> sessions = new CompletableFuture<>();
    private final CompletableFuture<LinkHandler> linkHandler = new CompletableFuture<>();
    private final CompletableFuture<RegionInspection> inspection = new CompletableFuture<>();
    private final RegionDoor door;

    RegionStart(RegionSettings settings, RegionPorts ports, OrderedStore store) {
        this.settings = settings;
        this.ports = ports;
        this.store = store;
        this.metrics = new RequestMetrics(settings.region(), ports.nanoClock());
        List<HttpResource> resources = new ArrayList<>(ports.resources());
        resources.add(new LinkResource(
                (from, kind, body) -> linkHandler.thenCompose(handler -> handler.answer(from, kind, body))));
        resources.add(new LocalResource(inspection, metrics));
        resources.add(new MetricsResource(inspection, metrics));
        resources.addAll(HealthResource.of(() -> Map.of(settings.region(), inspection.isDone() ? "live" : "starting")));
        this.door = new RegionDoor(
                ports.vertx(),
                settings.region(),
                (account, operation, body, answering) ->
                        operations.thenCompose(handler -> handler.handle(account, operation, body, answering)),
                ports.clock(),
                ports.random(),
                metrics,
                ports.gate(),
                sessionsOnceRunning(),
                resources);
    }

    private Sessions sessionsOnceRunning() {
        return new Sessions() {
            @Override
            public CompletionStage<Void> caughtUp(String token) {
                return sessions.thenCompose(running -> running.caughtUp(token));
            }

            @Override
            public CompletionStage<String> after(String token, String account, String operation, byte[] body) {
                return sessions.thenCompose(running -> running.after(token, account, operation, body));
            }
        };
    }

    CompletionStage<Integer> bind() {
        return door.open(settings.host(), settings.port());
    }

    CompletionStage<RegionNode> run(int port) {
        String journal = settings.region() + "-"
                + UUID.nameUUIDFromBytes(
                        Long.toString(ports.random().nextLong(), 36).getBytes(StandardCharsets.UTF_8));
        JournalStores.register(journal, store);
        ActorSystem<Void> system =
                ActorSystem.create(Behaviors.empty(), "meridian", NodeConfig.of(settings, journal, port));
        ExecutorService reading = Executors.newFixedThreadPool(READING_THREADS, task -> {
            Thread thread = new Thread(task, "reading-" + settings.region());
            thread.setDaemon(true);
            return thread;
        });
        HttpLinks links = new HttpLinks(ports.vertx(), settings.region(), directory(system)::find);
        Catalogue catalogue = new Catalogue();
        CompletableFuture<Void> recovered = new CompletableFuture<>();
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        ActorRef<CatalogueActor.Command> actor = system.systemActorOf(
                CatalogueActor.create(settings.region(), catalogue, recovered, stopped), "catalogue", Props.empty());
        return recovered.thenApply(ready -> {
            RegionInspection view = open(new RegionAssembly(new RegionAssembly.Base(
                    settings, ports, store, system, reading, links, catalogue, new CatalogueWriter(actor, stopped))));
            return new RegionNode(settings, store, journal, system, reading, links, door, port, view);
        });
    }

    private RegionDirectory directory(ActorSystem<Void> system) {
        RegionDirectory fixed = region -> settings.peers().stream()
                .filter(peer -> peer.region().equals(region) && peer.port() > 0)
                .findFirst()
                .map(peer -> new PeerAddress(peer.host(), peer.port()))
                .or(() -> ports.doors().apply(region).map(port -> new PeerAddress(settings.host(), port)));
        return settings.cluster().enabled() ? new ClusterDirectory(system, fixed) : fixed;
    }

    /** Has the parts work, and what was asked of the door meanwhile answered. */
    private RegionInspection open(RegionAssembly parts) {
        parts.followCatalogue();
        parts.keepHouse();
        linkHandler.complete(parts.linkHandler());
        sessions.complete(parts.sessions());
        RegionInspection view = parts.inspection();
        inspection.complete(view);
        serve(parts.operations(), parts.replication(), parts.strong());
        LOG.info("{} is running", settings.region());
        return view;
    }

    /** Serves at once, or, where the store has lost rows, once they have been put back from the peers. */
    private void serve(OperationHandler serving, Replication replication, StrongTables strong) {
        Optional<String> damage = store.damage();
        if (damage.isEmpty()) {
            operations.complete(serving);
            replication.announce();
            return;
        }
        LOG.error(
                "{}: the store is damaged ({}); repairing it from the other regions", settings.region(), damage.get());
        AtomicBoolean whole = new AtomicBoolean();
        operations.complete((account, operation, body, answering) -> whole.get()
                ? serving.handle(account, operation, body, answering)
                : CompletableFuture.failedFuture(new ServiceException(
                        "com.amazonaws.dynamodb.v20120810#InternalServerError",
                        500,
                        "The region's store was found damaged and is being repaired from its peers",
                        Map.of())));
        replication.repair(strong::noteLoss).whenComplete((done, failure) -> {
            if (failure == null) {
                LOG.warn("{}: the store is repaired", settings.region());
                whole.set(true);
                replication.announce();
            } else {
                LOG.error("{}: the store could not be repaired", settings.region(), failure);
            }
        });
    }
}
