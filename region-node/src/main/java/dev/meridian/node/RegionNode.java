package dev.meridian.node;

import dev.meridian.conflict.HybridClock;
import dev.meridian.node.capacity.ConsumedUnits;
import dev.meridian.node.capacity.ThroughputLimits;
import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.CatalogueActor;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.Membership;
import dev.meridian.node.cluster.ClusterDirectory;
import dev.meridian.node.cluster.RegionDirectory;
import dev.meridian.node.control.CatalogueWriter;
import dev.meridian.node.control.ConflictPolicies;
import dev.meridian.node.control.ControlPlane;
import dev.meridian.node.control.ControlSetting;
import dev.meridian.node.control.LostRegions;
import dev.meridian.node.control.Updates;
import dev.meridian.node.data.DataPlane;
import dev.meridian.node.expiry.ExpirySweep;
import dev.meridian.node.http.HealthResource;
import dev.meridian.node.http.HttpLinks;
import dev.meridian.node.http.HttpResource;
import dev.meridian.node.http.LinkResource;
import dev.meridian.node.http.OperationHandler;
import dev.meridian.node.http.PeerAddress;
import dev.meridian.node.http.RegionDoor;
import dev.meridian.node.http.RequestMetrics;
import dev.meridian.node.http.Sessions;
import dev.meridian.node.inspection.ConflictLog;
import dev.meridian.node.inspection.CountedSizes;
import dev.meridian.node.inspection.LocalResource;
import dev.meridian.node.inspection.MetricsResource;
import dev.meridian.node.inspection.RegionInspection;
import dev.meridian.node.journal.JournalStores;
import dev.meridian.node.partition.PartitionActor;
import dev.meridian.node.partition.PartitionDirectory;
import dev.meridian.node.partition.PartitionRules;
import dev.meridian.node.partition.StoreReaders;
import dev.meridian.node.replication.ChangeLogTrimmer;
import dev.meridian.node.replication.DurableBoard;
import dev.meridian.node.replication.Replication;
import dev.meridian.node.replication.Standings;
import dev.meridian.node.replication.TombstoneSweep;
import dev.meridian.node.session.RegionSessions;
import dev.meridian.node.stream.StreamPlane;
import dev.meridian.node.stream.StreamTrimmer;
import dev.meridian.node.strong.StrongLinks;
import dev.meridian.node.strong.StrongTables;
import dev.meridian.node.strong.WitnessKeeper;
import dev.meridian.node.transaction.TransactionCoordinator;
import dev.meridian.node.transaction.TransactionTokens;
import dev.meridian.replication.link.LinkHandler;
import dev.meridian.replication.link.Links;
import dev.meridian.replication.link.PartitionRef;
import dev.meridian.replication.tombstone.Standing;
import dev.meridian.storage.OrderedStore;
import dev.meridian.table.capacity.Allowance;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.operation.DataOperations;
import dev.meridian.table.operation.StrongRead;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One region, running: its store, its actors, its links and its door. Starts with what its store holds; {@link #stop}
 * ends it in good order, {@link #kill} as if the process had been killed.
 */
public final class RegionNode {

    private static final Logger LOG = LoggerFactory.getLogger(RegionNode.class);
    private static final int READING_THREADS = 2;
    private static final Duration TRIM_PAUSE = Duration.ofMinutes(1);
    private static final Duration SETTLE_PAUSE = Duration.ofMillis(500);

    private final RegionSettings settings;
    private final OrderedStore store;
    private final String journal;
    private final ActorSystem<Void> system;
    private final ExecutorService reading;
    private final HttpLinks links;
    private final RegionDoor door;
    private final int port;
    private final RegionInspection inspection;

    private RegionNode(
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
        OrderedStore store = ports.store().get();
        Starting starting = new Starting(settings, ports, store);
        // An actor system takes a second or more to build; the event loop serves other regions meanwhile.
        return starting.bind().thenComposeAsync(port -> starting.run(port)).whenComplete((node, failure) -> {
            if (failure != null) {
                store.close();
            }
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

    /** The steps of a start: the door is bound first, so that its address can be told, and answers last. */
    private static final class Starting {

        private final RegionSettings settings;
        private final RegionPorts ports;
        private final OrderedStore store;
        private final RequestMetrics metrics;
        private final CompletableFuture<OperationHandler> operations = new CompletableFuture<>();
        private final CompletableFuture<Sessions> sessions = new CompletableFuture<>();
        private final CompletableFuture<LinkHandler> linkHandler = new CompletableFuture<>();
        private final CompletableFuture<RegionInspection> inspection = new CompletableFuture<>();
        private final RegionDoor door;

        Starting(RegionSettings settings, RegionPorts ports, OrderedStore store) {
            this.settings = settings;
            this.ports = ports;
            this.store = store;
            this.metrics = new RequestMetrics(settings.region(), ports.nanoClock());
            List<HttpResource> resources = new ArrayList<>(ports.resources());
            resources.add(new LinkResource(
                    (from, kind, body) -> linkHandler.thenCompose(handler -> handler.answer(from, kind, body))));
            resources.add(new LocalResource(inspection, metrics));
            resources.add(new MetricsResource(inspection, metrics));
            resources.addAll(
                    HealthResource.of(() -> Map.of(settings.region(), inspection.isDone() ? "live" : "starting")));
            this.door = new RegionDoor(
                    ports.vertx(),
                    settings.region(),
                    (operation, body, answering) ->
                            operations.thenCompose(handler -> handler.handle(operation, body, answering)),
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
                public CompletionStage<String> after(String token, String operation, byte[] body) {
                    return sessions.thenCompose(running -> running.after(token, operation, body));
                }
            };
        }

        CompletionStage<Integer> bind() {
            return door.open(settings.host(), settings.port());
        }

        CompletionStage<RegionNode> run(int port) {
            String journal = settings.region() + "-"
                    + UUID.nameUUIDFromBytes(Long.toString(ports.random().nextLong(), 36)
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
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
                    CatalogueActor.create(settings.region(), catalogue, recovered, stopped),
                    "catalogue",
                    Props.empty());
            return recovered.thenApply(ready -> {
                RegionInspection view =
                        assemble(system, reading, links, catalogue, new CatalogueWriter(actor, stopped));
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

        private RegionInspection assemble(
                ActorSystem<Void> system,
                ExecutorService reading,
                HttpLinks links,
                Catalogue catalogue,
                CatalogueWriter writer) {
            PartitionDirectory partitions = new PartitionDirectory();
            DurableBoard board = new DurableBoard();
            HybridClock stamps = new HybridClock(Standings.clockPassed(store));
            Allowance limits = ThroughputLimits.of(settings.service(), ports.nanoClock(), ports.shortage());
            ConsumedUnits consumed =
                    new ConsumedUnits(limits, settings.service().flag("capacity-metrics"));
            StoreReaders readers = new StoreReaders(store, limits);
            PartitionActor.Setting partitionSetting = new PartitionActor.Setting(
                    store,
                    ports.clock(),
                    stamps,
                    (id, change) -> board.note(new PartitionRef(id.globalTable(), id.partition()), change.sequence()),
                    PartitionRules.of(settings.service(), consumed));
            List<String> regions =
                    settings.peers().stream().map(RegionSettings.Peer::region).toList();
            List<String> others = regions.stream()
                    .filter(region -> !region.equals(settings.region()))
                    .toList();
            String incarnation = id(ports.random());
            Links bentLinks = ports.links().apply(links);
            LongSupplier ticks =
                    () -> TimeUnit.NANOSECONDS.toMillis(ports.nanoClock().getAsLong());
            Replication replication = Replication.start(new Replication.Setting(
                    settings.region(),
                    others,
                    system,
                    store,
                    catalogue,
                    writer,
                    new Membership(settings.region(), () -> id(ports.random())),
                    partitions,
                    board,
                    bentLinks,
                    ports.clock(),
                    ticks,
                    reading,
                    incarnation,
                    settings.service()));
            StrongTables strong = new StrongTables(new StrongTables.Setting(
                    settings.region(),
                    store,
                    catalogue,
                    partitions,
                    bentLinks,
                    stamps,
                    ports.clock(),
                    ticks,
                    ports.random(),
                    system,
                    incarnation));
            WitnessKeeper witnesses = new WitnessKeeper(catalogue, writer, bentLinks);
            ControlSetting controlSetting = new ControlSetting(
                    settings.region(),
                    regions,
                    settings.globalTables(),
                    settings.service(),
                    settings.partitionsPerTable(),
                    catalogue,
                    writer,
                    ports.clock(),
                    () -> id(ports.random()),
                    new CountedSizes(store, ports.nanoClock()),
                    replication::tableNamesAt,
                    new Updates(settings.service(), ports.clock()),
                    table -> strong.refresh(List.of(new StrongRead.OfRange(table, new byte[0], null))));
            ControlPlane control = new ControlPlane(controlSetting);
            TableKeeper keeper = new TableKeeper(
                    settings.region(),
                    system,
                    partitionSetting,
                    partitions,
                    writer,
                    reading,
                    settings.service(),
                    controlSetting.newReplicas());
            IndexKeeper indexes =
                    new IndexKeeper(system, store, catalogue, partitions, writer, reading, settings.service());
            java.util.function.Consumer<CatalogueState> follow = state -> {
                keeper.catalogueChanged(state, replication);
                indexes.catalogueChanged(state);
                replication.catalogueChanged(state);
                witnesses.catalogueChanged(state);
            };
            follow.accept(catalogue.state());
            catalogue.listen(follow);
            ConflictLog conflicts = new ConflictLog(store, settings.service());
            RegionInspection view = new RegionInspection(
                    settings.region(),
                    store,
                    catalogue,
                    replication,
                    conflicts,
                    consumed,
                    new LostRegions(writer),
                    new ConflictPolicies(writer, new CountedSizes(store, ports.nanoClock())),
                    ports.clock());
            TransactionTokens tokens = new TransactionTokens(store, ports.clock());
            DataPlane data = new DataPlane(
                    catalogue,
                    partitions,
                    store,
                    readers,
                    new TransactionCoordinator(partitions, store, tokens, readers),
                    strong,
                    reading);
            StreamPlane streams = new StreamPlane(catalogue, store, settings.service(), ports.clock());
            Housekeeping chores = new Housekeeping(system, reading);
            chores.every(TRIM_PAUSE, tokens);
            chores.every(TRIM_PAUSE, conflicts);
            chores.every(TRIM_PAUSE, new ChangeLogTrimmer(catalogue::state, store, settings.service(), ports.clock()));
            chores.every(TRIM_PAUSE, new StreamTrimmer(catalogue, writer, store, settings.service(), ports.clock()));
            chores.every(
                    Duration.ofMillis(Math.round(settings.service().number("time-to-live-sweep-seconds") * 1_000)),
                    new ExpirySweep(catalogue, partitions, store, settings.service(), ports.clock()));
            Standings standings = new Standings(settings.region(), store, catalogue, partitions, stamps, ports.clock());
            chores.every(
                    Duration.ofMillis(Math.round(settings.service().number("tombstone-sweep-seconds") * 1_000)),
                    new TombstoneSweep(settings.region(), standings, partitions, bentLinks, system));
            chores.every(SETTLE_PAUSE, strong.settler());
            chores.every(SETTLE_PAUSE, witnesses);
            chores.every(TRIM_PAUSE, strong.sweep());
            StrongLinks strongLinks = strong.links();
            linkHandler.complete((from, kind, body) -> switch (kind) {
                case PULL, COPY, DIGESTS, ANNOUNCE, CATALOGUE -> replication.answer(from, kind, body);
                case STANDING ->
                    replication.isRepairing()
                            ? CompletableFuture.failedFuture(new IllegalStateException("repairing"))
                            : standings.now().thenApply(Standing::encode);
                case AGREE, LISTING, WITNESS ->
                    replication.isRepairing()
                            ? CompletableFuture.failedFuture(new IllegalStateException("repairing"))
                            : strongLinks.answer(from, kind, body);
            });
            sessions.complete(new RegionSessions(new RegionSessions.Setting(
                    settings.region(),
                    catalogue,
                    store,
                    Math.round(settings.service().number("session-wait-seconds") * 1_000),
                    ticks,
                    (millis, task) ->
                            system.scheduler().scheduleOnce(Duration.ofMillis(millis), task, system.executionContext()),
                    reading)));
            inspection.complete(view);
            OperationHandler serving = (operation, body, answering) -> {
                if (DataOperations.names().contains(operation)) {
                    return data.run(operation, body, answering);
                }
                return streams.names().contains(operation)
                        ? CompletableFuture.supplyAsync(() -> streams.run(operation, body), reading)
                        : CompletableFuture.supplyAsync(() -> control.handle(operation, body), reading)
                                .thenCompose(answer -> answer);
            };
            chores.every(SETTLE_PAUSE, strong.rejoin());
            serve(serving, replication, strong);
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
                    "{}: the store is damaged ({}); repairing it from the other regions",
                    settings.region(),
                    damage.get());
            AtomicBoolean whole = new AtomicBoolean();
            operations.complete((operation, body, answering) -> whole.get()
                    ? serving.handle(operation, body, answering)
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

        private static String id(RandomGenerator random) {
            return new UUID(random.nextLong(), random.nextLong()).toString();
        }
    }
}
