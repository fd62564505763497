package dev.meridian.node.partition;

import dev.meridian.replication.log.ChangeRecord;
import dev.meridian.table.value.ItemBytes;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of another region that no region can have written, whatever their checksum says, told before anything is done with them: once an
 * item that is none stands in the store, nobody can read or write at its key any more.
 */
final class Senseless {

    /** The hash, and at least one byte of a partition key. */
    private static final int KEY_BYTES_MIN = 5;

    private static final int KEY_BYTES_TOLD = 16;

    private Senseless() {}

    /** Why these can be nobody's records; empty where they can. */
    static Optional<String> records(List<ChangeRecord> records) {
        return first(records.stream().map(record -> why(record.key(), record.image())));
    }

    /** Why these can be nobody's rows; empty where they can. */
    static Optional<String> rows(List<CopiedRow> rows) {
        return first(rows.stream().map(row -> why(row.key(), row.image().image())));
    }

    private static Optional<String> first(Stream<@Nullable String> reasons) {
        return reasons.filter(Objects::nonNull).map(Objects::requireNonNull).findFirst();
    }

    private static @Nullable String why(byte[] key, byte @Nullable [] image) {
        if (key.length < KEY_BYTES_MIN) {
            return "a key of " + key.length + " bytes";
        }
        return image == null || ItemBytes.areSound(image)
                ? null
                : "an item that is none, at the key that begins with "
                        + HexFormat.of().formatHex(key, 0, Math.min(key.length, KEY_BYTES_TOLD));
    }
}
