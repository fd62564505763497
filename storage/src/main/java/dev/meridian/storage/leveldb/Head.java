package dev.meridian.storage.leveldb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A small file beside LevelDB that says how far acknowledgements had come: written after each group is durable, without a
 * sync of its own. It survives the death of the process; after a power cut it may lag behind, which is harmless, and it
 * never runs ahead. It is what shows a loss at the very end of LevelDB's log.
 */
final class Head implements AutoCloseable {

    private static final int BYTES = Long.BYTES + Integer.BYTES;

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);

    Head(Path path) {
        try {
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The last group known to have been acknowledged; 0 where the file is new or torn. */
    long read() {
        try {
            buffer.clear();
            if (file.read(buffer, 0) < BYTES) {
                return 0;
            }
            long group = buffer.flip().getLong();
            return buffer.getInt() == checksum(group) ? group : 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void write(long group) {
        try {
            buffer.clear().putLong(group).putInt(checksum(group)).flip();
            file.write(buffer, 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int checksum(long group) {
        return Checksum.of(ByteBuffer.allocate(Long.BYTES).putLong(group).flip());
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
