package dev.meridian.node.replication;

import dev.meridian.replication.link.CopyPage;
import dev.meridian.replication.log.RowKeys;
import dev.meridian.replication.log.Wire;
import dev.meridian.storage.OrderedReader;
import dev.meridian.storage.WriteBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far the copy of a new replica has come, as it is kept: a region that dies meanwhile goes on there.
 *
 * @param peer whose rows are copied
 * @param next the first key that is not here yet
 * @param positions of the peer, before its first page was read
 */
record CopyState(String peer, byte[] next, List<CopyPage.Position> positions) {

    private static final int VERSION = 1;

    /** What is kept of a table's copy from that peer. */
    static Optional<CopyState> of(OrderedReader store, int table, String peer) {
        return Optional.ofNullable(store.get(RowKeys.copy(table)))
                .map(CopyState::decode)
                .filter(state -> state.peer.equals(peer));
    }

    WriteBatch keep(int table) {
        return new WriteBatch().put(RowKeys.copy(table), encode());
    }

    static WriteBatch forget(int table) {
        WriteBatch batch = new WriteBatch();
        batch.delete(RowKeys.copy(table));
        return batch;
    }

    byte[] encode() {
        Wire.Writer out =
                new Wire.Writer(256).byteValue(VERSION).text(peer).bytes(next).number(positions.size());
        positions.forEach(position ->
                out.number(position.partition()).text(position.origin()).number(position.sequence()));
        return out.toBytes();
    }

    static CopyState decode(byte[] bytes) {
        Wire.Reader in = new Wire.Reader(bytes);
        if (in.byteValue() != VERSION) {
            throw new IllegalStateException("a copy's progress of another version");
        }
        String peer = in.text();
        byte[] next = in.bytes();
        List<CopyPage.Position> positions = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            positions.add(new CopyPage.Position(in.index(), in.text(), in.number()));
        }
        return new CopyState(peer, next, positions);
    }
}
