package dev.meridian.node;

import dev.meridian.conflict.HybridClock;
import dev.meridian.node.account.Accounts;
import dev.meridian.node.account.Caller;
import dev.meridian.node.capacity.ConsumedUnits;
import dev.meridian.node.capacity.ThroughputLimits;
import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.Membership;
import dev.meridian.node.control.AccountLinks;
import dev.meridian.node.control.CatalogueWriter;
import dev.meridian.node.control.ConflictPolicies;
import dev.meridian.node.control.ControlPlane;
import dev.meridian.node.control.ControlSetting;
import dev.meridian.node.control.DeniedReplicas;
import dev.meridian.node.control.LostRegions;
import dev.meridian.node.control.Updates;
import dev.meridian.node.data.DataPlane;
import dev.meridian.node.expiry.ExpirySweep;
import dev.meridian.node.http.OperationHandler;
import dev.meridian.node.http.Sessions;
import dev.meridian.node.inspection.ConflictLog;
import dev.meridian.node.inspection.CountedSizes;
import dev.meridian.node.inspection.RegionInspection;
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
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.node.stream.StreamPlane;
import dev.meridian.node.stream.StreamTrimmer;
import dev.meridian.node.strong.PartitionLearning;
import dev.meridian.node.strong.StrongGroups;
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
import dev.meridian.table.operation.DataOperations;
import dev.meridian.table.operation.StrongRead;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorSystem;

/** The parts of a region and how they hang together; nothing of it works before it is told to. */
final class RegionAssembly {

    private static final Duration TRIM_PAUSE = Duration.ofMinutes(1);
    private static final Duration SETTLE_PAUSE = Duration.ofMillis(500);

    /**
     * What a region is put together from.
     *
     * @param reading where what blocks is done
     * @param links to the other regions as they are, before faults bend them
     * @param catalogue as it was recovered
     */
    record Base(
            RegionSettings settings,
            RegionPorts ports,
            OrderedStore store,
            ActorSystem<Void> system,
            Executor reading,
            Links links,
            Catalogue catalogue,
            CatalogueWriter writer) {}

    private final RegionSettings settings;
    private final ServiceSettings service;
    private final RegionPorts ports;
    private final OrderedStore store;
    private final ActorSystem<Void> system;
    private final Executor reading;
    private final Catalogue catalogue;
    private final CatalogueWriter writer;
    private final Links links;
    private final LongSupplier ticks;
    private final HybridClock stamps;
    private final PartitionDirectory partitions = new PartitionDirectory();
    private final DurableBoard board = new DurableBoard();
    private final Allowance limits;
    private final ConsumedUnits consumed;
    private final Replication replication;
    private final StrongTables strong;
    private final WitnessKeeper witnesses;
    private final ConflictLog conflicts;
    private final Standings standings;
    private final TransactionTokens tokens;
    private final AccountLinks accounts;
    private final ControlSetting control;

    RegionAssembly(Base base) {
        this.settings = base.settings();
        this.service = settings.service();
        this.ports = base.ports();
        this.store = base.store();
        this.system = base.system();
        this.reading = base.reading();
        this.catalogue = base.catalogue();
        this.writer = base.writer();
        this.links = ports.links().apply(base.links());
        this.ticks = () -> TimeUnit.NANOSECONDS.toMillis(ports.nanoClock().getAsLong());
        this.stamps = new HybridClock(Standings.clockPassed(store));
        this.limits = ThroughputLimits.of(service, ports.nanoClock(), ports.shortage());
        this.consumed = new ConsumedUnits(limits, service.flag("capacity-metrics"));
        String incarnation = id(ports.random());
        this.replication = Replication.start(new Replication.Setting(
                settings.region(),
                regions().stream()
                        .filter(region -> !region.equals(settings.region()))
                        .toList(),
                system,
                store,
                catalogue,
                writer,
                new Membership(settings.region(), () -> id(ports.random())),
                partitions,
                board,
                links,
                ports.clock(),
                ticks,
                reading,
                incarnation,
                service));
        this.strong = new StrongTables(new StrongTables.Setting(
                settings.region(),
                store,
                StrongGroups.of(catalogue),
                new PartitionLearning(settings.region(), partitions),
                links,
                stamps,
                ports.clock(),
                ticks,
                ports.random(),
                system.executionContext(),
                this::later,
                incarnation));
        this.witnesses = new WitnessKeeper(catalogue, writer, links);
        this.conflicts = new ConflictLog(store, service);
        this.standings = new Standings(settings.region(), store, catalogue, partitions, stamps, ports.clock());
        this.tokens = new TransactionTokens(store, ports.clock());
        this.accounts = new AccountLinks(new AccountLinks.Setting(
                settings.region(), incarnation, links, catalogue, writer, service, ports.clock()));
        this.control = new ControlSetting(
                settings.region(),
                regions(),
                settings.globalTables(),
                service,
                settings.partitionsPerTable(),
                catalogue,
                writer,
                ports.clock(),
                () -> id(ports.random()),
                new CountedSizes(store, ports.nanoClock()),
                replication::tableNamesAt,
                new Updates(service, ticks),
                table -> strong.refresh(List.of(new StrongRead.OfRange(table, new byte[0], null))),
                accounts,
                new Caller(Accounts.USUAL, ""));
    }

    private List<String> regions() {
        return settings.peers().stream().map(RegionSettings.Peer::region).toList();
    }

    private void later(long afterMillis, Runnable task) {
        system.scheduler().scheduleOnce(Duration.ofMillis(afterMillis), task, system.executionContext());
    }

    private static String id(RandomGenerator random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    Replication replication() {
        return replication;
    }

    StrongTables strong() {
        return strong;
    }

    /** From now on tables, their indexes and their replication are as the catalogue says. */
    void followCatalogue() {
        PartitionActor.Setting partitionSetting = new PartitionActor.Setting(
                store,
                ports.clock(),
                stamps,
                (id, change) -> board.note(new PartitionRef(id.globalTable(), id.partition()), change.sequence()),
                PartitionRules.of(service, consumed));
        TableKeeper keeper = new TableKeeper(
                settings.region(),
                system,
                partitionSetting,
                partitions,
                writer,
                reading,
                service,
                control.newReplicas(),
                new LastWrites(catalogue, store, system, ticks, service));
        IndexKeeper indexes = new IndexKeeper(system, store, catalogue, partitions, writer, reading, service);
        Consumer<CatalogueState> follow = state -> {
            keeper.catalogueChanged(state, replication);
            indexes.catalogueChanged(state);
            replication.catalogueChanged(state);
            witnesses.catalogueChanged(state);
        };
        follow.accept(catalogue.state());
        catalogue.listen(follow);
    }

    /** From now on what has grown old is let go of, and what is left undone is finished. */
    void keepHouse() {
        Housekeeping chores = new Housekeeping(system, reading);
        chores.every(TRIM_PAUSE, tokens);
        chores.every(TRIM_PAUSE, conflicts);
        chores.every(TRIM_PAUSE, new ChangeLogTrimmer(catalogue::state, store, service, ports.clock()));
        chores.every(TRIM_PAUSE, new StreamTrimmer(catalogue, writer, store, service, ports.clock()));
        chores.every(
                seconds("time-to-live-sweep-seconds"),
                new ExpirySweep(catalogue, partitions, store, service, ports.clock()));
        chores.every(
                seconds("tombstone-sweep-seconds"),
                new TombstoneSweep(settings.region(), standings, partitions, links, system));
        DeniedReplicas denied = new DeniedReplicas(settings.region(), catalogue, writer, service, ports.clock());
        chores.every(denied.pause(), denied);
        chores.every(SETTLE_PAUSE, strong.settler());
        chores.every(SETTLE_PAUSE, witnesses);
        chores.every(TRIM_PAUSE, strong.sweep());
        chores.every(SETTLE_PAUSE, strong.rejoin());
    }

    private Duration seconds(String name) {
        return Duration.ofMillis(Math.round(service.number(name) * 1_000));
    }

    /** Answers the other regions. */
    LinkHandler linkHandler() {
        StrongLinks strongLinks = strong.links();
        return (from, kind, body) -> switch (kind) {
            case PULL, COPY, DIGESTS, ANNOUNCE, CATALOGUE -> replication.answer(from, kind, body);
            case STANDING ->
                replication.isRepairing() ? repairing() : standings.now().thenApply(Standing::encode);
            case AGREE, LISTING, WITNESS ->
                replication.isRepairing() ? repairing() : strongLinks.answer(from, kind, body);
            case ASSOCIATE -> replication.isRepairing() ? repairing() : accounts.answer(body);
            case PERMIT -> replication.isRepairing() ? repairing() : accounts.permits(body);
        };
    }

    private static CompletionStage<byte[]> repairing() {
        return CompletableFuture.failedFuture(new IllegalStateException("repairing"));
    }

    Sessions sessions() {
        return new RegionSessions(new RegionSessions.Setting(
                settings.region(),
                catalogue,
                store,
                seconds("session-wait-seconds").toMillis(),
                ticks,
                this::later,
                reading));
    }

    /** What can be seen of the region. */
    RegionInspection inspection() {
        return new RegionInspection(
                settings.region(),
                store,
                catalogue,
                replication,
                conflicts,
                consumed,
                new LostRegions(writer),
                new ConflictPolicies(writer, new CountedSizes(store, ports.nanoClock())),
                ports.clock());
    }

    /** Serves the region's operations. */
    OperationHandler operations() {
        ControlPlane controlPlane = new ControlPlane(control);
        StoreReaders readers = new StoreReaders(store, limits);
        DataPlane data = new DataPlane(
                catalogue,
                partitions,
                store,
                readers,
                new TransactionCoordinator(partitions, store, tokens, readers),
                strong,
                reading);
        StreamPlane streams = new StreamPlane(catalogue, store, service, ports.clock());
        boolean hasAccounts = service.flag("accounts");
        return (account, operation, body, answering) -> {
            Caller caller = new Caller(hasAccounts ? account : Accounts.USUAL, operation);
            if (DataOperations.names().contains(operation)) {
                return data.run(caller, body, answering);
            }
            return streams.names().contains(operation)
                    ? CompletableFuture.supplyAsync(() -> streams.run(caller, body), reading)
                    : CompletableFuture.supplyAsync(() -> controlPlane.handle(caller, body), reading)
                            .thenCompose(answer -> answer);
        };
    }
}
