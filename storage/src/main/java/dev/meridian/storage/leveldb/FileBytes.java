package dev.meridian.storage.leveldb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Whole reads and writes, where a channel does a part of what it is asked for. */
final class FileBytes {

    private FileBytes() {}

    /** So many bytes from a position on, or as many as there are. */
    static ByteBuffer read(FileChannel file, long position, int bytes) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(bytes);
        while (in.hasRemaining() && file.read(in, position + in.position()) >= 0) {
            continue;
        }
        return in.flip();
    }

    /** Writes what is left of a buffer where the channel stands. */
    static void append(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    /** Makes the names of a folder's files durable. */
    static void forceNames(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
