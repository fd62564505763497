package dev.meridian.node.stream;

import dev.meridian.node.catalogue.StreamState;
import dev.meridian.node.catalogue.TableState;
import dev.meridian.table.model.ServiceException;
import java.util.Locale;

/** How streams, shards and places in them are called. A shard is a partition's share of a stream for some hours. */
final class StreamNames {

    private static final String SEQUENCE_START = "1";
    private static final int SEQUENCE_DIGITS = 20;

    private StreamNames() {}

    static String arn(TableState table, StreamState stream) {
        return table.arn() + "/stream/" + stream.label();
    }

    static String shard(long fromMillis, int partition) {
        return String.format(Locale.ROOT, "shardId-%020d-%08x", fromMillis, partition);
    }

    /** A sequence number of the service's length: 21 digits. */
    static String sequence(long sequence) {
        return SEQUENCE_START + String.format(Locale.ROOT, "%020d", sequence);
    }

    /** Reads {@link #sequence}; throws the service's ValidationException for what is none. */
    static long sequence(String text) {
        if (text.length() == SEQUENCE_DIGITS + 1 && text.startsWith(SEQUENCE_START)) {
            try {
                long sequence = Long.parseLong(text.substring(1));
                if (sequence > 0) {
                    return sequence;
                }
            } catch (NumberFormatException tooLarge) {
                // Falls through to the refusal.
            }
        }
        throw ServiceException.validation("Invalid SequenceNumber: " + text);
    }
}
