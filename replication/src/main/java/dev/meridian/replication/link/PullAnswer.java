package dev.meridian.replication.link;

import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.Wire;
import java.util.ArrayList;
import java.util.List;

/**
 * Records for a pull.
 *
 * @param session the session of the pull
 * @param serial the answer's number in its session, 0, 1, 2 …; answers may arrive in any order
 * @param reset whether the peer does not know the session: open another
 * @param chunks the records, by partition, in the order of their sequences
 */
public record PullAnswer(long session, long serial, boolean reset, List<Chunk> chunks) {

    private static final int VERSION = 1;

    /** Records of one partition, one after the other without gaps. */
    public record Chunk(PartitionRef partition, List<ChangeRecord> records) {}

    /** Sent where the session is not known. */
    public static PullAnswer reset(long session) {
        return new PullAnswer(session, 0, true, List.of());
    }

    public byte[] encode() {
        Wire.Writer out = new Wire.Writer(1_024);
        out.byteValue(VERSION)
                .number(session)
                .number(serial)
                .byteValue(reset ? 1 : 0)
                .number(chunks.size());
        for (Chunk chunk : chunks) {
            out.text(chunk.partition().globalTable())
                    .number(chunk.partition().partition())
                    .number(chunk.records().size());
            for (ChangeRecord record : chunk.records()) {
                out.bytes(record.encode());
            }
        }
        return out.toBytes();
    }

    public static PullAnswer decode(byte[] bytes) {
        Wire.Reader in = new Wire.Reader(bytes);
        if (in.byteValue() != VERSION) {
            throw new MalformedBytesException("an answer of another version");
        }
        long session = in.number();
        long serial = in.number();
        boolean reset = in.byteValue() == 1;
        int chunkCount = in.count();
        List<Chunk> chunks = new ArrayList<>(chunkCount);
        for (int i = 0; i < chunkCount; i++) {
            PartitionRef ref = new PartitionRef(in.text(), in.index());
            int count = in.count();
            List<ChangeRecord> records = new ArrayList<>(count);
            for (int j = 0; j < count; j++) {
                records.add(ChangeRecord.decode(in.bytes()));
            }
            chunks.add(new Chunk(ref, records));
        }
        return new PullAnswer(session, serial, reset, chunks);
    }
}
