package dev.meridian.replication.link;

import dev.meridian.replication.digest.RangeDigests;
import dev.meridian.replication.log.Wire;
import java.util.List;

/**
 * A peer's table in digests.
 *
 * @param positions what the peer's log and checkpoints said before it looked at its rows
 */
public record DigestPage(List<CopyPage.Position> positions, RangeDigests digests) {

    public byte[] encode() {
        byte[] copy = new CopyPage(positions, List.of(), null).encode();
        return new Wire.Writer(copy.length + 32_768)
                .bytes(copy)
                .bytes(digests.encode())
                .toBytes();
    }

    public static DigestPage decode(byte[] bytes) {
        Wire.Reader in = new Wire.Reader(bytes);
        return new DigestPage(CopyPage.decode(in.bytes()).positions(), RangeDigests.decode(in.bytes()));
    }
}
