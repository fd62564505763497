package dev.meridian.storage.leveldb;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The CRC-32C that stands beside what is stored. */
final class Checksum {

    private Checksum() {}

    /** Of a buffer's bytes from its position on, which stays. */
    static int of(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    /** Of a buffer's bytes from one position to another. */
    static int of(ByteBuffer bytes, int from, int to) {
        return of(bytes.duplicate().limit(to).position(from));
    }
}
