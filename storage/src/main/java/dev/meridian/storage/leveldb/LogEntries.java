package dev.meridian.storage.leveldb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.IntPredicate;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The numbers and offsets of a run's rows, both ascending. */
interface LogEntries {

    /** Of each. */
    int ENTRY_BYTES = Long.BYTES + Integer.BYTES;

    int HEADER_BYTES = 2 * Integer.BYTES;

    int count();

    long number(int entry);

    int offset(int entry);

    /** The first entry whose number is not less; the count where there is none. */
    default int ceiling(long number) {
        return first(entry -> number(entry) >= number);
    }

    /** How many stand before an offset. */
    default int before(int offset) {
        return first(entry -> offset(entry) >= offset);
    }

    private int first(IntPredicate isPast) {
        int low = 0;
        int high = count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isPast.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** As they stand in a segment: how many, a checksum, the numbers, the offsets. */
    default ByteBuffer encode() {
        int count = count();
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + count * ENTRY_BYTES);
        out.putInt(count).putInt(0);
        for (int i = 0; i < count; i++) {
            out.putLong(number(i));
        }
        for (int i = 0; i < count; i++) {
            out.putInt(offset(i));
        }
        return out.putInt(Integer.BYTES, checksum(out)).flip();
    }

    /** Reads what {@link #encode} wrote; null where it fails its checksum. */
    static @Nullable LogEntries read(FileChannel file, int position) throws IOException {
        ByteBuffer header = LogFooter.read(file, position, HEADER_BYTES);
        if (header.remaining() < HEADER_BYTES) {
            return null;
        }
        int count = header.getInt(0);
        if (count < 0 || count > (file.size() - position) / ENTRY_BYTES) {
            return null;
        }
        ByteBuffer in = LogFooter.read(file, position, HEADER_BYTES + count * ENTRY_BYTES);
        return checksum(in) == header.getInt(Integer.BYTES) ? new Read(count, in) : null;
    }

    private static int checksum(ByteBuffer entries) {
        CRC32C crc = new CRC32C();
        crc.update(entries.duplicate().position(HEADER_BYTES).limit(entries.capacity()));
        return (int) crc.getValue();
    }

    /** Those of a sealed segment. */
    record Read(int count, ByteBuffer bytes) implements LogEntries {

        @Override
        public long number(int entry) {
            return bytes.getLong(HEADER_BYTES + entry * Long.BYTES);
        }

        @Override
        public int offset(int entry) {
            return bytes.getInt(HEADER_BYTES + count * Long.BYTES + entry * Integer.BYTES);
        }
    }
}
