package dev.meridian.node.inspection;

import dev.meridian.node.capacity.ConsumedUnits;
import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.control.ConflictPolicies;
import dev.meridian.node.control.LostRegions;
import dev.meridian.node.replication.FollowerFigures;
import dev.meridian.node.replication.Replication;
import dev.meridian.node.replication.TableDigests;
import dev.meridian.replication.digest.RangeDigests;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.replication.source.LogSource;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.table.operation.ItemLocator;
import dev.meridian.table.value.Item;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** What can be seen of one running region. Thread-safe; every figure is of this moment and of this region alone. */
public final class RegionInspection {

    private final String region;
    private final OrderedReader store;
    private final Catalogue catalogue;
    private final Replication replication;
    private final ConflictLog conflicts;
    private final ConsumedUnits consumed;
    private final LostRegions lost;
    private final ConflictPolicies policies;
    private final InstantSource clock;

    public RegionInspection(
            String region,
            OrderedReader store,
            Catalogue catalogue,
            Replication replication,
            ConflictLog conflicts,
            ConsumedUnits consumed,
            LostRegions lost,
            ConflictPolicies policies,
            InstantSource clock) {
        this.region = region;
        this.store = store;
        this.catalogue = catalogue;
        this.replication = replication;
        this.conflicts = conflicts;
        this.consumed = consumed;
        this.lost = lost;
        this.policies = policies;
        this.clock = clock;
    }

    /**
     * A table's contents in two words.
     *
     * @param items live items
     * @param digest a digest of every item's key, version and image: equal in two regions exactly if they hold the same items.
     *     Tombstones go in each region when it finds that they may
     */
    public record Contents(long items, long tombstones, String digest) {}

    public String region() {
        return region;
    }

    /** The region's wall clock, in milliseconds since 1970 UTC. */
    public long clockMillis() {
        return clock.millis();
    }

    /** The write units that tables have consumed, where they are counted. */
    ConsumedUnits consumed() {
        return consumed;
    }

    /** Gives up another region, lost for good. */
    CompletionStage<Integer> forget(String other) {
        return lost.forget(other);
    }

    /** Sets which of two concurrent writes to an item of a table stays. */
    CompletionStage<Void> setPolicy(String table, String policy) {
        return policies.set(table, policy);
    }

    /** The region's tables. */
    public List<TableState> tables() {
        return List.copyOf(catalogue.state().tables().values());
    }

    /** A table's contents, by a scan of all of it. */
    public Contents contents(TableState table) {
        long[] counts = {0, 0};
        RangeDigests.Builder digests = new RangeDigests.Builder();
        store.scan(KeyRange.prefix(RowKeys.rowPrefix(table.number(), 0)), Direction.ASCENDING, (key, value) -> {
            StampedImage row = StampedImage.decode(value);
            counts[row.image() == null ? 1 : 0]++;
            if (row.image() != null) {
                digests.add(RowKeys.withinTable(key), row);
            }
            return true;
        });
        return new Contents(counts[0], counts[1], digests.build().root());
    }

    /** A table in digests. */
    RangeDigests digests(TableState table) {
        return TableDigests.ofItems(store, table.number());
    }

    /** Sees the rows of one range of {@link RangeDigests}. */
    void rows(TableState table, int range, BiConsumer<byte[], StampedImage> visitor) {
        byte[] from = RowKeys.item(table.number(), Objects.requireNonNull(RangeDigests.start(range)));
        byte[] end = RangeDigests.start(range + 1);
        byte[] to = end == null
                ? KeyRange.prefix(RowKeys.rowPrefix(table.number(), 0)).to()
                : RowKeys.item(table.number(), end);
        store.scan(new KeyRange(from, to), Direction.ASCENDING, (key, value) -> {
            visitor.accept(RowKeys.withinTable(key), StampedImage.decode(value));
            return true;
        });
    }

    /** The stored row of an item: its stamp, and its image unless it is a tombstone. The key is in DynamoDB JSON. */
    public Optional<StampedImage> item(TableState table, byte[] keyJson) {
        byte[] row = store.get(RowKeys.item(table.number(), keyBytes(table, keyJson)));
        return row == null ? Optional.empty() : Optional.of(StampedImage.decode(row));
    }

    /** The key bytes of a key in DynamoDB JSON. */
    byte[] keyBytes(TableState table, byte[] keyJson) {
        return ItemLocator.locate(table.schema(), keyJson).bytes();
    }

    /** The key attributes that key bytes of a table stand for; empty where the table is not here, or is another of that name. */
    Optional<Item> keyAttributes(String table, byte[] key) {
        return tables().stream()
                .filter(known -> known.commonName().equals(table))
                .findFirst()
                .flatMap(known -> keyAttributes(known, key));
    }

    /** The same of a table that is here. */
    Optional<Item> keyAttributes(TableState table, byte[] key) {
        try {
            return Optional.of(ItemLocator.attributes(table.schema(), key));
        } catch (IllegalArgumentException anotherSchema) {
            return Optional.empty();
        }
    }

    /** The versions of an item that are on record here. The key is in DynamoDB JSON. */
    List<ItemHistory.Entry> history(TableState table, byte[] keyJson) {
        return new ItemHistory(store, table, ItemLocator.locate(table.schema(), keyJson)).entries();
    }

    /** The conflicts detected here. */
    public ConflictLog conflicts() {
        return conflicts;
    }

    /** How much of a table that is being copied is here, in percent; empty where none is. */
    Optional<Integer> copiedPercent(TableState table) {
        return replication.copiedPercent(table.globalId());
    }

    /** How each peer is followed. */
    public Map<String, FollowerFigures> followers() {
        return new LinkedHashMap<>(replication.figures());
    }

    /** What of this region's own records a peer has not confirmed, by the tables' names. */
    public CompletionStage<Map<String, LogSource.Backlog>> backlogTo(String peer) {
        return replication.backlogTo(peer).thenApply(backlog -> {
            Map<String, LogSource.Backlog> named = new TreeMap<>();
            backlog.forEach((globalId, of) -> nameOf(globalId).ifPresent(name -> named.put(name, of)));
            return named;
        });
    }

    /** The name of a table here. */
    public Optional<String> nameOf(String globalId) {
        return catalogue.state().byGlobalId(globalId).map(TableState::commonName);
    }
}
