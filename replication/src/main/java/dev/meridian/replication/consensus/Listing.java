package dev.meridian.replication.consensus;

import dev.meridian.conflict.Version;
import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.Wire;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which versions a region has accepted, in the order of the keys.
 *
 * @param next where the next page starts; null: this was the last
 */
public record Listing(List<Entry> entries, byte @Nullable [] next) {

    private static final int VERSION = 1;

    /** An item, and the version of the value accepted last. */
    public record Entry(byte[] key, Version version) {}

    /**
     * Asks for a page.
     *
     * @param from the first key
     * @param to the first key past the range; null: none
     */
    public record Request(String group, byte[] from, byte @Nullable [] to) {

        public byte[] encode() {
            return new Wire.Writer(64)
                    .byteValue(VERSION)
                    .text(group)
                    .bytes(from)
                    .optionalBytes(to)
                    .toBytes();
        }

        public static Request decode(byte[] bytes) {
            Wire.Reader in = new Wire.Reader(bytes);
            check(in.byteValue());
            return new Request(in.text(), in.bytes(), in.optionalBytes());
        }
    }

    public byte[] encode() {
        Wire.Writer out = new Wire.Writer(1_024).byteValue(VERSION).number(entries.size());
        entries.forEach(entry -> out.bytes(entry.key())
                .text(entry.version().region())
                .number(entry.version().timestamp()));
        return out.optionalBytes(next).toBytes();
    }

    public static Listing decode(byte[] bytes) {
        Wire.Reader in = new Wire.Reader(bytes);
        check(in.byteValue());
        List<Entry> entries = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            byte[] key = in.bytes();
            String region = in.text();
            entries.add(new Entry(key, new Version(in.number(), region)));
        }
        return new Listing(entries, in.optionalBytes());
    }

    private static void check(int version) {
        if (version != VERSION) {
            throw new MalformedBytesException("a listing of another version");
        }
    }
}
