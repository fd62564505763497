package dev.meridian.storage.leveldb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands at the end of a segment that is not written to any more: the links of its first and last group, how far the chain
 * counts, how far streams have been trimmed, and where its runs stand.
 *
 * @param anchor the group with which the chain may begin anew; 0 where none was named
 * @param trimmed by stream, the last number that has been deleted
 */
record LogFooter(ChainRow first, ChainRow last, long anchor, NavigableMap<byte[], Long> trimmed, List<PlacedRun> runs) {

    /** Of a stream: its first and last number in the segment, and where its index stands. */
    record PlacedRun(byte[] prefix, long first, long last, int at) {}

    private static final int MAGIC = 0x4D4C4F32;
    private static final int TRAILER_BYTES = 3 * Integer.BYTES;
    private static final int LINK_BYTES = Long.BYTES + 2 * Integer.BYTES;

    /** The same of other runs. */
    LogFooter withRuns(List<PlacedRun> others) {
        return new LogFooter(first, last, anchor, trimmed, others);
    }

    /** The footer as it stands at a position of its segment, with what tells where it begins. */
    ByteBuffer encode(int position) {
        int size = 2 * LINK_BYTES + Long.BYTES + 2 * Integer.BYTES + TRAILER_BYTES;
        for (byte[] prefix : trimmed.keySet()) {
            size += Integer.BYTES + prefix.length + Long.BYTES;
        }
        for (PlacedRun run : runs) {
            size += Integer.BYTES + run.prefix().length + 2 * Long.BYTES + Integer.BYTES;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        put(out, first);
        put(out, last);
        out.putLong(anchor).putInt(trimmed.size());
        for (Map.Entry<byte[], Long> stream : trimmed.entrySet()) {
            out.putInt(stream.getKey().length).put(stream.getKey()).putLong(stream.getValue());
        }
        out.putInt(runs.size());
        for (PlacedRun run : runs) {
            out.putInt(run.prefix().length).put(run.prefix());
            out.putLong(run.first()).putLong(run.last()).putInt(run.at());
        }
        int checksum = Checksum.of(out, 0, out.position());
        return out.putInt(position).putInt(checksum).putInt(MAGIC).flip();
    }

    /** The footer of a segment; null where it has no whole one, since it was still written to. */
    static @Nullable LogFooter read(FileChannel file) throws IOException {
        long end = file.size() - TRAILER_BYTES;
        if (end < 0) {
            return null;
        }
        ByteBuffer trailer = FileBytes.read(file, end, TRAILER_BYTES);
        int position = trailer.getInt();
        int checksum = trailer.getInt();
        if (trailer.getInt() != MAGIC || position < 0 || position > end) {
            return null;
        }
        ByteBuffer in = FileBytes.read(file, position, (int) (end - position));
        return Checksum.of(in) == checksum ? decode(in) : null;
    }

    private static LogFooter decode(ByteBuffer in) {
        ChainRow first = link(in);
        ChainRow last = link(in);
        long anchor = in.getLong();
        NavigableMap<byte[], Long> trimmed = LogStreams.Visible.map();
        for (int left = in.getInt(); left > 0; left--) {
            trimmed.put(bytes(in), in.getLong());
        }
        List<PlacedRun> runs = new ArrayList<>();
        for (int left = in.getInt(); left > 0; left--) {
            runs.add(new PlacedRun(bytes(in), in.getLong(), in.getLong(), in.getInt()));
        }
        return new LogFooter(first, last, anchor, trimmed, runs);
    }

    private static void put(ByteBuffer out, ChainRow link) {
        out.putLong(link.group()).putInt(link.previous()).putInt(link.checksum());
    }

    private static ChainRow link(ByteBuffer in) {
        return new ChainRow(in.getLong(), in.getInt(), in.getInt());
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes;
    }
}
