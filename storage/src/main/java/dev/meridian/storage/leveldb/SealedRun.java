package dev.meridian.storage.leveldb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.iq80.snappy.Snappy;
import org.jspecify.annotations.Nullable;

/**
 * A run as it stands in a sealed segment: its rows in blocks, compressed, and behind them an index: a checksum, the entries' numbers
 * and offsets as steps from one to the next, and where the blocks are.
 */
final class SealedRun implements LogEntries {

    /** So many bytes of rows to a block, and the rest of the last. */
    private static final int BLOCK_BYTES = 16 << 10;

    /**
     * How far a file grows until others have a turn: a few tenths of a millisecond. More often, and a busy machine takes
     * long to end a segment.
     */
    private static final int GIVE_WAY_BYTES = 32 << 10;

    private static final int HEADER_BYTES = 2 * Integer.BYTES;
    private static final int BLOCK_FIELDS = 5;
    private static final int VARINT_BYTES_MAX = 10;
    private static final int PAYLOAD_BITS = 7;
    private static final int PAYLOAD_MASK = (1 << PAYLOAD_BITS) - 1;

    /** Rows from an entry on: where they begin in the file, in how many bytes, with which checksum, and how many they are uncompressed. */
    private record Block(int firstEntry, int position, int storedBytes, int checksum, int bytes) {

        boolean isCompressed() {
            return storedBytes < bytes;
        }
    }

    private final long[] numbers;
    private final int[] offsets;
    private final List<Block> blocks;

    private SealedRun(long[] numbers, int[] offsets, List<Block> blocks) {
        this.numbers = numbers;
        this.offsets = offsets;
        this.blocks = blocks;
    }

    @Override
    public int count() {
        return numbers.length;
    }

    @Override
    public long number(int entry) {
        return numbers[entry];
    }

    @Override
    public int offset(int entry) {
        return offsets[entry];
    }

    /**
     * Writes a run behind what stands in a file. Returns where its index is.
     *
     * @param rows the segment as it was written, in which the entries' offsets are
     */
    static int write(FileChannel file, LogEntries entries, ByteBuffer rows) throws IOException {
        List<Block> blocks = new ArrayList<>();
        int from = 0;
        int bytes = 0;
        for (int entry = 0; entry < entries.count(); entry++) {
            bytes += Math.toIntExact(LogRow.claimedBytes(rows.position(entries.offset(entry))));
            if (bytes >= BLOCK_BYTES || entry == entries.count() - 1) {
                blocks.add(writeBlock(file, entries, rows, from, entry + 1, bytes));
                from = entry + 1;
                bytes = 0;
            }
        }
        int index = Math.toIntExact(file.position());
        FileBytes.append(file, index(entries, blocks));
        return index;
    }

    private static Block writeBlock(FileChannel file, LogEntries entries, ByteBuffer rows, int from, int to, int bytes)
            throws IOException {
        byte[] block = new byte[bytes];
        int at = 0;
        for (int entry = from; entry < to; entry++) {
            int offset = entries.offset(entry);
            int size = (int) LogRow.claimedBytes(rows.position(offset));
            rows.get(offset, block, at, size);
            at += size;
        }
        int position = Math.toIntExact(file.position());
        byte[] compressed = new byte[Snappy.maxCompressedLength(bytes)];
        int stored = Snappy.compress(block, 0, bytes, compressed, 0);
        ByteBuffer smaller = stored < bytes ? ByteBuffer.wrap(compressed, 0, stored) : ByteBuffer.wrap(block);
        Block written = new Block(from, position, smaller.remaining(), Checksum.of(smaller), bytes);
        FileBytes.append(file, smaller);
        if (position / GIVE_WAY_BYTES != (position + written.storedBytes()) / GIVE_WAY_BYTES) {
            giveWay();
        }
        return written;
    }

    /**
     * Nobody waits for a sealed segment, but for a core: a thread that computes for a few milliseconds on end keeps what the disk
     * answers from the committer for as long.
     */
    @SuppressWarnings("ThreadPriorityCheck")
    private static void giveWay() {
        Thread.yield();
    }

    private static ByteBuffer index(LogEntries entries, List<Block> blocks) {
        int varints = 2 + 2 * entries.count() + BLOCK_FIELDS * blocks.size();
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + varints * VARINT_BYTES_MAX);
        out.position(HEADER_BYTES);
        put(out, entries.count());
        long number = 0;
        long offset = 0;
        for (int entry = 0; entry < entries.count(); entry++) {
            put(out, entries.number(entry) - number);
            put(out, entries.offset(entry) - offset);
            number = entries.number(entry);
            offset = entries.offset(entry);
        }
        put(out, blocks.size());
        for (Block block : blocks) {
            put(out, block.firstEntry());
            put(out, block.position());
            put(out, block.storedBytes());
            put(out, Integer.toUnsignedLong(block.checksum()));
            put(out, block.bytes());
        }
        out.flip();
        return out.putInt(0, out.limit() - HEADER_BYTES)
                .putInt(Integer.BYTES, Checksum.of(out, HEADER_BYTES, out.limit()));
    }

    /** Reads the index that stands there; null where it fails its checksum. */
    static @Nullable SealedRun read(FileChannel file, int index) throws IOException {
        ByteBuffer header = FileBytes.read(file, index, HEADER_BYTES);
        if (header.remaining() < HEADER_BYTES) {
            return null;
        }
        int size = header.getInt(0);
        if (size < 0 || size > file.size() - index - HEADER_BYTES) {
            return null;
        }
        ByteBuffer in = FileBytes.read(file, index, HEADER_BYTES + size);
        if (Checksum.of(in, HEADER_BYTES, in.limit()) != header.getInt(Integer.BYTES)) {
            return null;
        }
        in.position(HEADER_BYTES);
        long[] numbers = new long[(int) number(in)];
        int[] offsets = new int[numbers.length];
        long number = 0;
        long offset = 0;
        for (int entry = 0; entry < numbers.length; entry++) {
            number += number(in);
            offset += number(in);
            numbers[entry] = number;
            offsets[entry] = (int) offset;
        }
        List<Block> blocks = new ArrayList<>();
        for (long left = number(in); left > 0; left--) {
            blocks.add(new Block(
                    (int) number(in), (int) number(in), (int) number(in), (int) number(in), (int) number(in)));
        }
        return new SealedRun(numbers, offsets, blocks);
    }

    private static void put(ByteBuffer out, long number) {
        long left = number;
        while (left > PAYLOAD_MASK) {
            out.put((byte) (left & PAYLOAD_MASK | PAYLOAD_MASK + 1));
            left >>>= PAYLOAD_BITS;
        }
        out.put((byte) left);
    }

    private static long number(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; ; shift += PAYLOAD_BITS) {
            byte next = in.get();
            number |= (long) (next & PAYLOAD_MASK) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }

    /** Reads the rows; closes the file. */
    LogReader reader(FileChannel file) {
        return new Reader(file);
    }

    private final class Reader implements LogReader {

        private final FileChannel file;
        private @Nullable Block current;
        private ByteBuffer rows = ByteBuffer.allocate(0);
        private int next;

        private Reader(FileChannel file) {
            this.file = file;
        }

        @Override
        public LogEntries entries() {
            return SealedRun.this;
        }

        @Override
        public LogRow row(int entry) throws IOException {
            Block block = blockOf(entry);
            if (block != current) {
                rows = rows(block);
                current = block;
                next = block.firstEntry();
            } else if (entry < next) {
                rows.position(0);
                next = block.firstEntry();
            }
            while (next < entry) {
                require(rows.remaining() >= LogRow.HEADER_BYTES, block);
                long size = LogRow.claimedBytes(rows);
                require(size >= LogRow.HEADER_BYTES && size <= rows.remaining(), block);
                rows.position(rows.position() + (int) size);
                next++;
            }
            LogRow row = LogRow.decode(rows);
            if (row == null) {
                throw new DamagedException(block.position());
            }
            next++;
            return row;
        }

        private Block blockOf(int entry) {
            int past =
                    LogEntries.first(blocks.size(), block -> blocks.get(block).firstEntry() > entry);
            return blocks.get(past - 1);
        }

        private ByteBuffer rows(Block block) throws IOException {
            ByteBuffer stored = FileBytes.read(file, block.position(), block.storedBytes());
            require(Checksum.of(stored) == block.checksum(), block);
            return block.isCompressed()
                    ? ByteBuffer.wrap(Snappy.uncompress(stored.array(), 0, stored.remaining()))
                    : stored;
        }

        private void require(boolean isSound, Block block) throws DamagedException {
            if (!isSound) {
                throw new DamagedException(block.position());
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** What stands at a position fails its checksum. */
    static final class DamagedException extends IOException {

        private static final long serialVersionUID = 1L;

        DamagedException(long position) {
            super("what stands at " + position + " fails its checksum");
        }
    }
}
