package dev.meridian.node.replication;

import dev.meridian.node.catalogue.Announcement;
import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.CatalogueState;
import dev.meridian.node.catalogue.Membership;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.control.CatalogueWriter;
import dev.meridian.node.partition.PartitionDirectory;
import dev.meridian.node.settings.ServiceSettings;
import dev.meridian.replication.link.CopyPage;
import dev.meridian.replication.link.LinkHandler;
import dev.meridian.replication.link.LinkRequest;
import dev.meridian.replication.link.Links;
import dev.meridian.replication.link.PartitionRef;
import dev.meridian.replication.link.PullRequest;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.Wire;
import dev.meridian.replication.source.LogSource;
import dev.meridian.storage.OrderedStore;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.jspecify.annotations.Nullable;

/** All of a region's replication, put together. */
public final class Replication implements LinkHandler {

    private static final long NAMES_TIMEOUT_MILLIS = 5_000;

    /**
     * What replication needs of its region.
     *
     * @param clock the region's wall clock, which may jump
     * @param ticks milliseconds of a clock that does not, for everything that waits
     */
    public record Setting(
            String region,
            List<String> peers,
            ActorSystem<?> system,
            OrderedStore store,
            Catalogue catalogue,
            CatalogueWriter writer,
            Membership membership,
            PartitionDirectory partitions,
            DurableBoard board,
            Links links,
            InstantSource clock,
            LongSupplier ticks,
            Executor reading,
            String incarnation,
            ServiceSettings service) {}

    private final Setting setting;
    private final OpenTables tables;
    private final CopyServer copyServer;
    private final TableCopies copies;
    private final ActorRef<SourceActor.Command> source;
    private final Map<String, ActorRef<FollowerActor.Command>> followers = new LinkedHashMap<>();
    private final Map<String, FollowerFigures> figures = new LinkedHashMap<>();
    private volatile @Nullable ActorRef<Announcer.Command> announcer;
    private volatile boolean repairing;
    private final Map<String, String> incarnations = new ConcurrentHashMap<>();
    private volatile Map<String, Set<String>> shared = Map.of();
    private volatile Map<String, Set<String>> holders = Map.of();

    private Replication(Setting setting) {
        this.setting = setting;
        ActorSystem<?> system = setting.system();
        this.tables = new OpenTables(setting.catalogue(), setting.partitions());
        this.copyServer = new CopyServer(setting.region(), setting.store());
        this.copies = new TableCopies(setting, tables);
        this.source = system.systemActorOf(
                SourceActor.create(
                        new OwnLog(setting.region(), setting.catalogue(), setting.store()),
                        setting.board(),
                        setting.ticks()),
                "source",
                Props.empty());
        if (!setting.peers().isEmpty()) {
            setting.board().onNote(() -> source.tell(SourceActor.Grown.INSTANCE));
        }
        for (String peer : setting.peers()) {
            FollowerFigures counts = new FollowerFigures();
            figures.put(peer, counts);
            followers.put(
                    peer,
                    system.systemActorOf(
                            FollowerActor.create(new FollowerActor.Setting(
                                    peer,
                                    setting.links().to(peer),
                                    tables,
                                    () -> checkpoints(peer),
                                    setting.clock(),
                                    setting.ticks(),
                                    counts,
                                    globalId -> copies.recopy(globalId, peer))),
                            "follower-" + peer,
                            Props.empty()));
        }
    }

    /** Starts to send and to follow. */
    public static Replication start(Setting setting) {
        return new Replication(setting);
    }

    /** Starts to tell the peers of this region's tables. */
    public void announce() {
        announcer = setting.system()
                .systemActorOf(
                        Announcer.create(
                                setting.region(),
                                setting.incarnation(),
                                setting.peers(),
                                setting.catalogue(),
                                setting.writer(),
                                setting.links()),
                        "announcer",
                        Props.empty());
    }

    /**
     * Puts back from the peers what the store has lost. Until that is done this region neither ships nor announces: it
     * does not know what it has.
     *
     * @param beforeWhole what is to be done before the store counts as whole
     */
    public CompletionStage<Void> repair(Supplier<CompletionStage<Void>> beforeWhole) {
        repairing = true;
        return new Repair(setting)
                .run()
                .thenCompose(done -> beforeWhole.get())
                .thenCompose(done -> setting.store().repaired())
                .thenRun(() -> repairing = false);
    }

    /** A table's partitions are open, their logs durable up to these sequences. */
    public void opened(TableState table, List<Long> sequences) {
        for (int partition = 0; partition < sequences.size(); partition++) {
            source.tell(new SourceActor.Open(new PartitionRef(table.globalId(), partition), sequences.get(partition)));
        }
    }

    /** A table's partitions are gone. */
    public void closed(TableState table) {
        for (int partition = 0; partition < table.partitionCount(); partition++) {
            source.tell(new SourceActor.Close(new PartitionRef(table.globalId(), partition)));
        }
    }

    /** The catalogue has changed, and what it says is open is open. */
    public void catalogueChanged(CatalogueState state) {
        ActorRef<Announcer.Command> telling = announcer;
        if (telling != null) {
            telling.tell(Announcer.Changed.INSTANCE);
        }
        Map<String, Set<String>> now = new HashMap<>();
        followers.forEach((peer, follower) -> {
            Set<String> ids = tables.sharedWith(peer).stream()
                    .map(TableState::globalId)
                    .collect(java.util.stream.Collectors.toSet());
            now.put(peer, ids);
            if (!ids.equals(shared.getOrDefault(peer, Set.of()))) {
                follower.tell(FollowerActor.Refresh.INSTANCE);
            }
        });
        Map<String, Set<String>> held = new HashMap<>();
        state.tables().forEach((globalId, table) -> {
            held.put(globalId, Set.copyOf(table.replicas().keySet()));
            if (!held.get(globalId).containsAll(holders.getOrDefault(globalId, Set.of()))) {
                copies.compareWithAll(table);
            }
        });
        holders = held;
        shared = now;
        copies.catalogueChanged(state);
    }

    private Map<PartitionRef, Long> checkpoints(String peer) {
        Map<PartitionRef, Long> positions = new LinkedHashMap<>();
        for (TableState table : tables.sharedWith(peer)) {
            for (int partition = 0; partition < table.partitionCount(); partition++) {
                byte[] row = setting.store().get(RowKeys.checkpoint(table.number(), partition, peer));
                positions.put(
                        new PartitionRef(table.globalId(), partition),
                        row == null ? 0L : ByteBuffer.wrap(row).getLong());
            }
        }
        return positions;
    }

    @Override
    public CompletionStage<byte[]> answer(String from, LinkRequest.Kind kind, byte[] body) {
        if (repairing) {
            return CompletableFuture.failedFuture(new IllegalStateException("repairing"));
        }
        return switch (kind) {
            case PULL -> {
                CompletableFuture<byte[]> answer = new CompletableFuture<>();
                source.tell(new SourceActor.Pull(from, PullRequest.decode(body), answer));
                yield answer;
            }
            case COPY ->
                CompletableFuture.supplyAsync(() -> copyPage(CopyPage.Request.decode(body)), setting.reading());
            case DIGESTS ->
                CompletableFuture.supplyAsync(
                        () -> copyServer
                                .digests(CopyServer.Table.of(heldHere(new Wire.Reader(body).text())))
                                .encode(),
                        setting.reading());
            case ANNOUNCE -> hear(Announcement.decode(body));
            case CATALOGUE ->
                CompletableFuture.completedFuture(Announcement.of(
                                setting.region(),
                                setting.incarnation(),
                                setting.catalogue().state())
                        .encode());
            case STANDING, AGREE, LISTING, WITNESS, ASSOCIATE, PERMIT ->
                CompletableFuture.failedFuture(new IllegalStateException("not about replication: " + kind));
        };
    }

    /** Whether this region does not know yet what it has. */
    public boolean isRepairing() {
        return repairing;
    }

    private byte[] copyPage(CopyPage.Request request) {
        return copyServer
                .page(CopyServer.Table.of(heldHere(request.globalTable())), request.from(), request.to())
                .encode();
    }

    private TableState heldHere(String globalTable) {
        return tables.table(globalTable)
                .orElseThrow(() -> new IllegalStateException("no such table here: " + globalTable));
    }

    private CompletionStage<byte[]> hear(Announcement news) {
        ActorRef<Announcer.Command> telling = announcer;
        boolean isAnew = !news.incarnation().equals(incarnations.put(news.region(), news.incarnation()));
        if (isAnew && telling != null) {
            telling.tell(new Announcer.Restarted(news.region()));
        }
        return setting.writer()
                .change(state ->
                        setting.membership().hear(state, news, setting.clock().millis()))
                .thenApply(state -> setting.membership().reception(state, news).encode());
    }

    /** The names of a peer's tables; fails where the peer cannot be reached. */
    public CompletionStage<List<String>> tableNamesAt(String peer) {
        return setting.links()
                .to(peer)
                .exchange(new LinkRequest(LinkRequest.Kind.CATALOGUE, new byte[0], NAMES_TIMEOUT_MILLIS))
                .thenApply(answer -> Announcement.decode(answer).names());
    }

    /** How much of a table that is being copied is here, in percent; empty where none is. */
    public Optional<Integer> copiedPercent(String globalId) {
        return copies.percent(globalId);
    }

    /** How each peer is followed. */
    public Map<String, FollowerFigures> figures() {
        return figures;
    }

    /** What of this region's own records a peer has not confirmed, by the tables' global identifiers. */
    public CompletionStage<Map<String, LogSource.Backlog>> backlogTo(String peer) {
        CompletableFuture<Map<String, LogSource.Backlog>> answer = new CompletableFuture<>();
        source.tell(new SourceActor.Pending(peer, answer));
        return answer;
    }
}
