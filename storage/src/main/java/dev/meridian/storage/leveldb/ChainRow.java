package dev.meridian.storage.leveldb;

import dev.meridian.storage.WriteBatch;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One link of the chain that runs through every group commit: the group's number, the checksum of the group before, and
 * a checksum over that and all the group wrote. Written in the same LevelDB batch, so it is there exactly if the group is.
 * LevelDB drops up to 32 KB of its log after one flipped bit without a word; the chain then has a hole.
 */
record ChainRow(long group, int previous, int checksum) {

    static final byte KIND = 0x01;

    /** Before the first group. */
    static final ChainRow GENESIS = new ChainRow(0, 0, 0x4D455249);

    /** The link of the next group. */
    ChainRow next(Iterable<WriteBatch> batches) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(group + 1)
                .putInt(checksum)
                .flip());
        for (WriteBatch batch : batches) {
            for (WriteBatch.Operation operation : batch.operations()) {
                crc.update(operation.key());
                byte[] value = operation.value();
                if (value != null) {
                    crc.update(value);
                }
            }
        }
        return new ChainRow(group + 1, checksum, (int) crc.getValue());
    }

    /** Whether this link may stand right after the other. */
    boolean follows(ChainRow before) {
        return group == before.group + 1 && previous == before.checksum;
    }

    byte[] key() {
        return key(group);
    }

    static byte[] key(long group) {
        return ByteBuffer.allocate(1 + Long.BYTES).put(KIND).putLong(group).array();
    }

    byte[] value() {
        return ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(previous)
                .putInt(checksum)
                .array();
    }

    static ChainRow decode(byte[] key, byte[] value) {
        ByteBuffer fields = ByteBuffer.wrap(value);
        return new ChainRow(ByteBuffer.wrap(key, 1, Long.BYTES).getLong(), fields.getInt(), fields.getInt());
    }
}
