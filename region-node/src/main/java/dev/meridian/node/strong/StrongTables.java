package dev.meridian.node.strong;

import dev.meridian.conflict.HybridClock;
import dev.meridian.conflict.Version;
import dev.meridian.node.partition.WriteOutcome;
import dev.meridian.node.session.Later;
import dev.meridian.replication.consensus.Ballots;
import dev.meridian.replication.consensus.Change;
import dev.meridian.replication.consensus.Outcome;
import dev.meridian.replication.link.Links;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.OrderedStore;
import dev.meridian.table.definition.TableSchema;
import dev.meridian.table.key.ItemKey;
import dev.meridian.table.model.ServiceException;
import dev.meridian.table.operation.ItemWrite;
import dev.meridian.table.operation.StrongRead;
import dev.meridian.table.operation.WriteDecision;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Writes and strong reads of strongly consistent tables, in the region that was asked. Thread-safe; never blocks but for
 * reading the store.
 */
public final class StrongTables {

    /**
     * What strong tables need of their region.
     *
     * @param stamps the region's hybrid clock
     * @param ticks milliseconds of a clock that never jumps
     * @param random safe for several threads
     * @param executor runs what answers bring about; never within the call that hands it over
     * @param incarnation which start of the region this is
     */
    public record Setting(
            String region,
            OrderedStore store,
            StrongGroups groups,
            Learning learning,
            Links links,
            HybridClock stamps,
            InstantSource clock,
            LongSupplier ticks,
            RandomGenerator random,
            Executor executor,
            Later later,
            String incarnation) {}

    private final Setting setting;
    private final StrongGroups groups;
    private final Acceptor acceptor;
    private final Agreement agreement;
    private final Listings listings;
    private final Witness witness;
    private final Memory memory;
    private final Map<ByteBuffer, CompletableFuture<Void>> writing = new ConcurrentHashMap<>();

    public StrongTables(Setting setting) {
        this.setting = setting;
        this.groups = setting.groups();
        this.witness = new Witness(setting.store());
        this.memory = new Memory(setting.store());
        this.acceptor = new Acceptor(setting.store(), groups, witness, memory);
        this.listings = new Listings(setting.store());
        this.agreement = new Agreement(
                setting.region(),
                acceptor,
                setting.links(),
                new Ballots(setting.region() + "/" + setting.incarnation()),
                setting.executor(),
                setting.later(),
                setting.ticks(),
                setting.random());
    }

    /** Answers peers. */
    public StrongLinks links() {
        return new StrongLinks(acceptor, listings, witness, groups, memory);
    }

    /** What keeps eventual reads in step with what was agreed on. */
    public Runnable settler() {
        return new Settler(setting.store(), groups, acceptor, this);
    }

    /** What gives a region whose store was damaged its say back. */
    public Runnable rejoin() {
        return new Rejoin(setting.region(), setting.links(), memory, groups, witness, listings, agreement);
    }

    /** Notes that the store has lost what was promised here, before it counts as whole. */
    public CompletionStage<Void> noteLoss() {
        return memory.note();
    }

    /** What removes agreements on tables that are gone. */
    public Runnable sweep() {
        return new GroupSweep(setting.store(), groups, witness);
    }

    /**
     * Decides a write on the latest value anywhere. Completes when a second region has it and the item is written here; the
     * outcome is a refusal where the condition does not hold or another region's write came between. Fails with the
     * service's InternalServerError where too few regions can be reached; the write may then have taken place.
     */
    public CompletionStage<WriteOutcome> write(TableSchema table, ItemWrite write) {
        StrongGroups.Group group = groups.find(table.strongGroup()).orElse(null);
        if (group == null) {
            return CompletableFuture.failedFuture(gone());
        }
        return inTurn(RowKeys.acceptor(group.id(), write.key().bytes()), () -> writeNow(group, table, write));
    }

    private CompletionStage<WriteOutcome> writeNow(StrongGroups.Group group, TableSchema table, ItemWrite write) {
        StampedWrite change = new StampedWrite(write, setting.region(), setting.stamps(), setting.clock());
        return agreement.run(group, write.key().bytes(), change).thenCompose(outcome -> {
            if (outcome instanceof Outcome.Replaced replaced) {
                StampedImage after = StampedImage.decode(replaced.after());
                WriteOutcome told = new WriteOutcome.Agreed(item(replaced.before()), StampedWrite.item(after));
                // It stands, whether or not it could be written here already.
                return setting.learning().learn(table, write.key(), after).handle((learnt, failure) -> told);
            }
            if (outcome instanceof Outcome.Kept kept) {
                return CompletableFuture.completedFuture(
                        change.decision() instanceof WriteDecision.Refuse refuse
                                ? new WriteOutcome.Refused(refuse.error(), 0)
                                : new WriteOutcome.Unchanged(item(kept.current()), 0));
            }
            return outcome instanceof Outcome.Overtaken
                    ? CompletableFuture.completedFuture(new WriteOutcome.Refused(conflict(), 0))
                    : CompletableFuture.failedFuture(unreachable());
        });
    }

    /** Writes to one item wait for each other here; only other regions' come between. */
    private CompletionStage<WriteOutcome> inTurn(byte[] row, Supplier<CompletionStage<WriteOutcome>> write) {
        ByteBuffer name = ByteBuffer.wrap(row);
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> before = writing.put(name, mine);
        CompletionStage<WriteOutcome> outcome = before == null ? write.get() : before.thenCompose(go -> write.get());
        return outcome.whenComplete((done, failure) -> {
            writing.remove(name, mine);
            mine.complete(null);
        });
    }

    /** Brings up to date here what is to be read; fails with InternalServerError where too few regions can be reached. */
    public CompletionStage<Void> refresh(List<StrongRead> reads) {
        CompletableFuture<?>[] all =
                reads.stream().map(read -> refresh(read).toCompletableFuture()).toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(all);
    }

    private CompletionStage<Void> refresh(StrongRead read) {
        if (read instanceof StrongRead.OfRange range) {
            return refreshBeginning(range, Integer.MAX_VALUE).thenApply(all -> null);
        }
        StrongGroups.Group group = groups.find(read.table().strongGroup()).orElse(null);
        return group == null
                ? CompletableFuture.failedFuture(gone())
                : refresh(group, read.table(), ((StrongRead.OfItem) read).key());
    }

    /**
     * Brings up to date here what a range begins with, up to so many pages of peers' listings; gives the key from which on nothing is,
     * or nothing where all of the range is. Fails as {@link #refresh} does.
     */
    public CompletionStage<Optional<byte[]>> refreshBeginning(StrongRead.OfRange range, int pages) {
        StrongGroups.Group group = groups.find(range.table().strongGroup()).orElse(null);
        if (group == null || memory.isLost()) {
            return CompletableFuture.failedFuture(group == null ? gone() : unreachable());
        }
        return refresh(group, range.table(), range.from(), range.to(), pages);
    }

    private CompletionStage<Optional<byte[]>> refresh(
            StrongGroups.Group group, TableSchema table, byte[] from, byte @Nullable [] to, int pages) {
        return listings.ofPeers(group, setting.region(), setting.links(), from, to)
                .handle((page, failure) -> {
                    if (failure != null) {
                        throw unreachable();
                    }
                    return page;
                })
                .thenCompose(page -> {
                    List<CompletableFuture<Void>> late = listings.late(group, from, to, page).stream()
                            .map(key -> refresh(group, table, key).toCompletableFuture())
                            .toList();
                    byte[] next = page.next();
                    return CompletableFuture.allOf(late.toArray(CompletableFuture[]::new))
                            .thenCompose(done -> next == null || pages == 1
                                    ? CompletableFuture.completedFuture(Optional.ofNullable(next))
                                    : refresh(group, table, next, to, pages - 1));
                });
    }

    private CompletionStage<Void> refresh(StrongGroups.Group group, TableSchema table, ItemKey key) {
        return agreement.run(group, key.bytes(), Change.READ).thenCompose(outcome -> {
            if (!(outcome instanceof Outcome.Kept kept)) {
                return CompletableFuture.failedFuture(unreachable());
            }
            byte[] current = kept.current();
            if (current == null) {
                return CompletableFuture.completedFuture(null);
            }
            StampedImage agreed = StampedImage.decode(current);
            byte[] row = setting.store().get(RowKeys.item(table.number(), key.bytes()));
            return row != null && isAsLate(row, agreed.stamp().version())
                    ? CompletableFuture.completedFuture(null)
                    : setting.learning()
                            .learn(table, key, agreed)
                            .exceptionallyCompose(failure ->
                                    // The row that would be read is behind.
                                    CompletableFuture.failedFuture(
                                            error("what regions have agreed on cannot be written here")));
        });
    }

    /** Settles an item for which something was accepted that nobody has written since. */
    CompletionStage<Void> settle(StrongGroups.Group group, ItemKey key) {
        return refresh(group, group.table(), key);
    }

    static boolean isAsLate(byte[] row, Version version) {
        return StampedImage.decode(row).stamp().version().compareTo(version) >= 0;
    }

    private static dev.meridian.table.value.@Nullable Item item(byte @Nullable [] value) {
        return value == null ? null : StampedWrite.item(StampedImage.decode(value));
    }

    private static ServiceException conflict() {
        return ServiceException.dynamodb(
                "ReplicatedWriteConflictException",
                "One or more items in this request are being modified by a request in another Region.");
    }

    private static ServiceException unreachable() {
        return error("too few regions can be reached");
    }

    private static ServiceException error(String why) {
        return new ServiceException(
                "com.amazonaws.dynamodb.v20120810#InternalServerError", 500, "Internal server error: " + why, Map.of());
    }

    private static ServiceException gone() {
        return ServiceException.dynamodb("ResourceNotFoundException", "Requested resource not found");
    }
}
