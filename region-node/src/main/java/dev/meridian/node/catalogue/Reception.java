package dev.meridian.node.catalogue;

import dev.meridian.replication.log.Wire;
import java.util.ArrayList;
import java.util.List;

/**
 * How an announcement was received.
 *
 * @param later that the sender should say it again: a table in the way is being deleted
 * @param declined tables the receiver was asked to join and cannot, since it has another table of that name
 * @param absent tables the receiver was asked to leave and does not hold
 */
public record Reception(boolean later, List<String> declined, List<String> absent) {

    public byte[] encode() {
        Wire.Writer out = new Wire.Writer(16).byteValue(later ? 1 : 0);
        write(out, declined);
        write(out, absent);
        return out.toBytes();
    }

    public static Reception decode(byte[] bytes) {
        Wire.Reader in = new Wire.Reader(bytes);
        return new Reception(in.byteValue() == 1, read(in), read(in));
    }

    private static void write(Wire.Writer out, List<String> globalIds) {
        out.number(globalIds.size());
        globalIds.forEach(out::text);
    }

    private static List<String> read(Wire.Reader in) {
        List<String> globalIds = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            globalIds.add(in.text());
        }
        return globalIds;
    }
}
