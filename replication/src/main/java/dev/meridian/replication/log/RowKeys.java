package dev.meridian.replication.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Where rows lie in a region's one store. The first byte says what a row is; integers are big-endian, so that byte order
 * is their order.
 *
 * <pre>
 * 0x10 table(4) index(2) row key                            an item (index 0) or an index row
 * 0x20 table(4) partition(2) origin 0x00 sequence(8)        a change record
 * 0x21 table(4) partition(2) origin 0x00                    a checkpoint: the origin's highest sequence applied here
 * 0x22 table(4) partition(2) stream(4) sequence(8)         a row of the table's stream
 * 0x23 table(4) partition(2) sequence(8)                   changes of index rows, to be made later
 * 0x24 table(4) partition(2) timestamp(8) row key          a tombstone, in the order of the deletes
 * 0x25 table(4) partition(2)                               up to where tombstones have been let go of
 * 0x60 group 0x00 row key                                  what is promised and accepted for an item
 * 0x61 group 0x00 row key                                  that something accepted does not stand in the item's row yet
 * 0x62 group 0x00                                          a table that this region witnesses
 * 0x65 table(4)                                            how far a copy of the table from a peer has come
 * 0x64                                                     what the region's clock has passed
 * 0x63                                                     that promises were lost with a damaged store
 * 0x50 token                                              a transaction's client token
 * 0x30 detection timestamp(8) discriminator(4)              a conflict
 * </pre>
 */
public final class RowKeys {

    public static final byte ROW = 0x10;
    public static final byte CHANGE = 0x20;
    public static final byte CHECKPOINT = 0x21;
    public static final byte STREAM = 0x22;
    public static final byte LATER_INDEX = 0x23;
    public static final byte TOMBSTONE = 0x24;
    public static final byte STABLE = 0x25;
    public static final byte CONFLICT = 0x30;
    public static final byte TOKEN = 0x50;
    public static final byte ACCEPTOR = 0x60;
    public static final byte UNSETTLED = 0x61;
    public static final byte WITNESSED = 0x62;
    public static final byte FORGOTTEN = 0x63;
    public static final byte CLOCK = 0x64;
    public static final byte COPY = 0x65;

    /** The kinds of rows that are only added, in the order of their keys within a partition, and deleted from their beginning. */
    public static final Set<Byte> LOGS = Set.of(CHANGE, STREAM);

    private static final int ROW_PREFIX_BYTES = 1 + Integer.BYTES + Short.BYTES;

    private RowKeys() {}

    /** The key of an item's row. */
    public static byte[] item(int table, byte[] itemKey) {
        return row(table, 0, itemKey);
    }

    /** The key of a row of the table (index 0) or of one of its indexes. */
    public static byte[] row(int table, int index, byte[] rowKey) {
        return ByteBuffer.allocate(ROW_PREFIX_BYTES + rowKey.length)
                .put(ROW)
                .putInt(table)
                .putShort((short) index)
                .put(rowKey)
                .array();
    }

    /** What all rows of the table (index 0) or of one index start with. */
    public static byte[] rowPrefix(int table, int index) {
        return row(table, index, new byte[0]);
    }

    /** What all item and index rows of a table start with. */
    public static byte[] allRowsPrefix(int table) {
        return ByteBuffer.allocate(1 + Integer.BYTES).put(ROW).putInt(table).array();
    }

    /** The row key within its table or index. */
    public static byte[] withinTable(byte[] key) {
        return java.util.Arrays.copyOfRange(key, ROW_PREFIX_BYTES, key.length);
    }

    /** The key of a change record. */
    public static byte[] change(int table, int partition, String origin, long sequence) {
        byte[] prefix = changePrefix(table, partition, origin);
        return ByteBuffer.allocate(prefix.length + Long.BYTES)
                .put(prefix)
                .putLong(sequence)
                .array();
    }

    /** What all change records of an origin in a partition start with. */
    public static byte[] changePrefix(int table, int partition, String origin) {
        return ofOrigin(CHANGE, table, partition, origin);
    }

    /** What all change records of a table start with. */
    public static byte[] allChangesPrefix(int table) {
        return ByteBuffer.allocate(1 + Integer.BYTES).put(CHANGE).putInt(table).array();
    }

    /** What all checkpoints of a table start with. */
    public static byte[] allCheckpointsPrefix(int table) {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put(CHECKPOINT)
                .putInt(table)
                .array();
    }

    /** The key of a checkpoint. */
    public static byte[] checkpoint(int table, int partition, String origin) {
        return ofOrigin(CHECKPOINT, table, partition, origin);
    }

    /** The key of a stream's row. */
    public static byte[] stream(int table, int partition, int stream, long sequence) {
        byte[] prefix = streamPrefix(table, partition, stream);
        return ByteBuffer.allocate(prefix.length + Long.BYTES)
                .put(prefix)
                .putLong(sequence)
                .array();
    }

    /** What all rows of one stream in a partition start with. */
    public static byte[] streamPrefix(int table, int partition, int stream) {
        return ByteBuffer.allocate(1 + Integer.BYTES + Short.BYTES + Integer.BYTES)
                .put(STREAM)
                .putInt(table)
                .putShort((short) partition)
                .putInt(stream)
                .array();
    }

    /** The key of changes of index rows that are to be made later. */
    public static byte[] laterIndex(int table, int partition, long sequence) {
        byte[] prefix = laterIndexPrefix(table, partition);
        return ByteBuffer.allocate(prefix.length + Long.BYTES)
                .put(prefix)
                .putLong(sequence)
                .array();
    }

    /** What all of those of a partition start with. */
    public static byte[] laterIndexPrefix(int table, int partition) {
        return ByteBuffer.allocate(1 + Integer.BYTES + Short.BYTES)
                .put(LATER_INDEX)
                .putInt(table)
                .putShort((short) partition)
                .array();
    }

    /** What all of those of a table start with. */
    public static byte[] allLaterIndexPrefix(int table) {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put(LATER_INDEX)
                .putInt(table)
                .array();
    }

    /** The key by which a tombstone is found again. */
    public static byte[] tombstone(int table, int partition, long timestamp, byte[] itemKey) {
        byte[] prefix = tombstonePrefix(table, partition);
        return ByteBuffer.allocate(prefix.length + Long.BYTES + itemKey.length)
                .put(prefix)
                .putLong(timestamp)
                .put(itemKey)
                .array();
    }

    /** What all of those of a partition start with. */
    public static byte[] tombstonePrefix(int table, int partition) {
        return ofPartition(TOMBSTONE, table, partition);
    }

    /** The item's key in such a key. */
    public static byte[] itemOfTombstone(byte[] key) {
        return java.util.Arrays.copyOfRange(key, 1 + Integer.BYTES + Short.BYTES + Long.BYTES, key.length);
    }

    /** What all of those of a table start with. */
    public static byte[] allTombstonesPrefix(int table) {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put(TOMBSTONE)
                .putInt(table)
                .array();
    }

    /** The key of a partition's stable time. */
    public static byte[] stable(int table, int partition) {
        return ofPartition(STABLE, table, partition);
    }

    /** What all of those of a table start with. */
    public static byte[] allStablePrefix(int table) {
        return ByteBuffer.allocate(1 + Integer.BYTES).put(STABLE).putInt(table).array();
    }

    /** The key of what the region's clock has passed. */
    public static byte[] clock() {
        return new byte[] {CLOCK};
    }

    /** The key of how far a copy of a table has come. */
    public static byte[] copy(int table) {
        return ByteBuffer.allocate(1 + Integer.BYTES).put(COPY).putInt(table).array();
    }

    private static byte[] ofPartition(byte kind, int table, int partition) {
        return ByteBuffer.allocate(1 + Integer.BYTES + Short.BYTES)
                .put(kind)
                .putInt(table)
                .putShort((short) partition)
                .array();
    }

    /** What all stream rows of a table start with. */
    public static byte[] allStreamsPrefix(int table) {
        return ByteBuffer.allocate(1 + Integer.BYTES).put(STREAM).putInt(table).array();
    }

    /** The sequence that a key ends with. */
    public static long sequenceIn(byte[] key) {
        return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
    }

    /** The key of a transaction's client token. */
    public static byte[] token(String token) {
        byte[] text = token.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + text.length).put(TOKEN).put(text).array();
    }

    /** The key of a conflict. */
    public static byte[] conflict(long detectedAt, int discriminator) {
        return ByteBuffer.allocate(1 + Long.BYTES + Integer.BYTES)
                .put(CONFLICT)
                .putLong(detectedAt)
                .putInt(discriminator)
                .array();
    }

    /** The key of what is promised and accepted for an item. */
    public static byte[] acceptor(String group, byte[] itemKey) {
        return ofGroup(ACCEPTOR, group, itemKey);
    }

    /** The key of the mark on an item whose row is behind what was accepted for it. */
    public static byte[] unsettled(String group, byte[] itemKey) {
        return ofGroup(UNSETTLED, group, itemKey);
    }

    /** The key of a table that this region witnesses. */
    public static byte[] witnessed(String group) {
        return ofGroup(WITNESSED, group, new byte[0]);
    }

    /** The key of the note that promises were lost. */
    public static byte[] forgotten() {
        return new byte[] {FORGOTTEN};
    }

    /** The group in the key of a row of one. */
    public static String groupIn(byte[] key) {
        int end = 1;
        while (key[end] != 0) {
            end++;
        }
        return new String(key, 1, end - 1, StandardCharsets.UTF_8);
    }

    private static byte[] ofGroup(byte kind, String group, byte[] itemKey) {
        byte[] name = group.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + name.length + 1 + itemKey.length)
                .put(kind)
                .put(name)
                .put((byte) 0)
                .put(itemKey)
                .array();
    }

    private static byte[] ofOrigin(byte kind, int table, int partition, String origin) {
        byte[] name = origin.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + Integer.BYTES + Short.BYTES + name.length + 1)
                .put(kind)
                .putInt(table)
                .putShort((short) partition)
                .put(name)
                .put((byte) 0)
                .array();
    }
}
