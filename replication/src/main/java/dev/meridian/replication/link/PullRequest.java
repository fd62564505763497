package dev.meridian.replication.link;

import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.Wire;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Asks a peer for change records. The first pull of a session tells the positions; those after it are credits, each for
 * one more answer that goes on where the last one ended. So several pulls lie parked at the peer at once, and a record
 * need not wait for a round trip.
 *
 * @param session the follower's number for this run of pulls; a new one makes the peer forget the last
 * @param positions each partition and the last sequence the follower has durably; empty in pulls after the first
 * @param applied how many records of this session the follower has applied durably
 * @param spacingMillis the least time between two answers, so that credits last for a round trip
 * @param bytesMax about how large an answer may be
 */
public record PullRequest(
        long session, Map<PartitionRef, Long> positions, long applied, int spacingMillis, int bytesMax) {

    private static final int VERSION = 1;

    public boolean opens() {
        return !positions.isEmpty();
    }

    public byte[] encode() {
        Wire.Writer out = new Wire.Writer(64 + positions.size() * 48);
        out.byteValue(VERSION)
                .number(session)
                .number(applied)
                .number(spacingMillis)
                .number(bytesMax)
                .number(positions.size());
        positions.forEach((ref, sequence) ->
                out.text(ref.globalTable()).number(ref.partition()).number(sequence));
        return out.toBytes();
    }

    public static PullRequest decode(byte[] bytes) {
        Wire.Reader in = new Wire.Reader(bytes);
        if (in.byteValue() != VERSION) {
            throw new MalformedBytesException("a pull of another version");
        }
        long session = in.number();
        long applied = in.number();
        int spacing = in.index();
        int bytesMax = in.index();
        int count = in.count();
        Map<PartitionRef, Long> positions = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            PartitionRef partition = new PartitionRef(in.text(), in.index());
            positions.put(partition, in.sequence());
        }
        return new PullRequest(session, positions, applied, spacing, bytesMax);
    }
}
