package dev.meridian.storage.leveldb;

import dev.meridian.storage.Direction;
import dev.meridian.storage.KeyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Where a row lies, by the first byte of its key: 0 is LevelDB, which has what is replaced, 1 the logs, which have what is only added. */
final class Split {

    static final int ITEMS = 0;
    static final int LOGS = 1;

    private static final int KINDS = 256;

    /** A range of keys that lie in one database. */
    record Part(int database, KeyRange range) {}

    private final byte[] databaseOfKind = new byte[KINDS];

    Split(Set<Byte> logKinds) {
        for (byte kind : logKinds) {
            databaseOfKind[Byte.toUnsignedInt(kind)] = LOGS;
        }
    }

    int databaseOf(byte[] key) {
        return databaseOfKind[kind(key)];
    }

    /** What every database has of its own: the links of the chain and its anchor. */
    static boolean isEverywhere(byte[] key) {
        return key.length > 0 && (key[0] == ChainRow.KIND || key[0] == Chain.ANCHOR[0]);
    }

    /** The range in parts, in the order in which they are to be visited; of one kind of rows it is the range itself. */
    List<Part> parts(KeyRange range, Direction direction) {
        List<Part> parts = new ArrayList<>(1);
        byte[] from = range.from();
        for (int kind = kind(from); ; ) {
            int next = nextElsewhere(kind);
            byte[] to = range.to();
            boolean isLast = next == KINDS || (to != null && Arrays.compareUnsigned(to, new byte[] {(byte) next}) <= 0);
            parts.add(new Part(databaseOfKind[kind], new KeyRange(from, isLast ? to : new byte[] {(byte) next})));
            if (isLast) {
                break;
            }
            from = new byte[] {(byte) next};
            kind = next;
        }
        if (direction == Direction.DESCENDING) {
            Collections.reverse(parts);
        }
        return parts;
    }

    private int nextElsewhere(int kind) {
        int next = kind + 1;
        while (next < KINDS && databaseOfKind[next] == databaseOfKind[kind]) {
            next++;
        }
        return next;
    }

    private static int kind(byte[] key) {
        return key.length == 0 ? 0 : Byte.toUnsignedInt(key[0]);
    }
}
