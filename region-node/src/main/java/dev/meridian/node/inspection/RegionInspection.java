package dev.meridian.node.inspection;

import dev.meridian.node.catalogue.Catalogue;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.node.replication.FollowerFigures;
import dev.meridian.node.replication.Replication;
import dev.meridian.replication.log.Conflict;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.StampedImage;
import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import dev.meridian.storage.OrderedReader;
import dev.meridian.table.operation.ItemLocator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What can be seen of one running region. Thread-safe; every figure is of this moment and of this region alone. */
public final class RegionInspection {

    private final String region;
    private final OrderedReader store;
    private final Catalogue catalogue;
    private final Replication replication;
    private final InstantSource clock;

    public RegionInspection(
            String region, OrderedReader store, Catalogue catalogue, Replication replication, InstantSource clock) {
        this.region = region;
        this.store = store;
        this.catalogue = catalogue;
        this.replication = replication;
        this.clock = clock;
    }

    /**
     * A table's contents in two words.
     *
     * @param items live items
     * @param digest a digest of every row's key, version and image, tombstones among them: equal in two regions exactly if
     *     they hold the same
     */
    public record Contents(long items, long tombstones, String digest) {}

    public String region() {
        return region;
    }

    /** The region's wall clock, in milliseconds since 1970 UTC. */
    public long clockMillis() {
        return clock.millis();
    }

    /** The region's tables. */
    public List<TableState> tables() {
        return List.copyOf(catalogue.state().tables().values());
    }

    /** A table's contents, by a scan of all of it. */
    public Contents contents(TableState table) {
        long[] counts = {0, 0};
        MessageDigest digest = sha256();
        store.scan(KeyRange.prefix(RowKeys.rowPrefix(table.number(), 0)), Direction.ASCENDING, (key, value) -> {
            StampedImage row = StampedImage.decode(value);
            byte[] image = row.image();
            counts[image == null ? 1 : 0]++;
            digest.update(RowKeys.withinTable(key));
            digest.update((row.stamp().version() + "|").getBytes(StandardCharsets.UTF_8));
            if (image != null) {
                digest.update(image);
            }
            return true;
        });
        return new Contents(counts[0], counts[1], HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** The stored row of an item: its stamp, and its image unless it is a tombstone. The key is in DynamoDB JSON. */
    public Optional<StampedImage> item(TableState table, byte[] keyJson) {
        byte[] key = ItemLocator.locate(table.schema(), keyJson).bytes();
        byte[] row = store.get(RowKeys.item(table.number(), key));
        return row == null ? Optional.empty() : Optional.of(StampedImage.decode(row));
    }

    /** Conflicts detected here, newest first. */
    public List<Conflict> conflicts(int limit) {
        List<Conflict> conflicts = new ArrayList<>();
        store.scan(KeyRange.prefix(new byte[] {RowKeys.CONFLICT}), Direction.DESCENDING, (key, value) -> {
            conflicts.add(Conflict.decode(value));
            return conflicts.size() < limit;
        });
        return conflicts;
    }

    /** How many conflicts this region has recorded. */
    public long conflictCount() {
        long[] count = {0};
        store.scan(KeyRange.prefix(new byte[] {RowKeys.CONFLICT}), Direction.ASCENDING, (key, value) -> {
            count[0]++;
            return true;
        });
        return count[0];
    }

    /** How each peer is followed. */
    public Map<String, FollowerFigures> followers() {
        return new LinkedHashMap<>(replication.figures());
    }

    /** How many of this region's own records a peer has not been sent. */
    public CompletionStage<Long> pendingTo(String peer) {
        return replication.pendingTo(peer);
    }
}
