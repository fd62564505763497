package dev.meridian.node.session;

import dev.meridian.replication.log.MalformedBytesException;
import dev.meridian.replication.log.Wire;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a session has written: for each log it wrote to, a sequence at or after its last write there. Opaque to clients.
 * Tokens of one session come together by taking the greater sequence.
 */
record SessionToken(Map<Log, Long> positions) {

    static final SessionToken EMPTY = new SessionToken(Map.of());
    private static final int FORM = 1;

    /** The log of a region's own changes in a partition. */
    record Log(String globalTable, String origin, int partition) implements Comparable<Log> {

        @Override
        public int compareTo(Log other) {
            int byTable = globalTable.compareTo(other.globalTable);
            int byOrigin = byTable != 0 ? byTable : origin.compareTo(other.origin);
            return byOrigin != 0 ? byOrigin : Integer.compare(partition, other.partition);
        }
    }

    SessionToken {
        positions = Map.copyOf(positions);
    }

    SessionToken with(Map<Log, Long> more) {
        Map<Log, Long> merged = new TreeMap<>(positions);
        more.forEach((log, sequence) -> merged.merge(log, sequence, Math::max));
        return new SessionToken(merged);
    }

    boolean isEmpty() {
        return positions.isEmpty();
    }

    String encode() {
        Map<String, Map<String, Map<Integer, Long>>> tables = new TreeMap<>();
        positions.forEach((log, sequence) -> tables.computeIfAbsent(log.globalTable(), none -> new TreeMap<>())
                .computeIfAbsent(log.origin(), none -> new TreeMap<>())
                .put(log.partition(), sequence));
        Wire.Writer bytes = new Wire.Writer(64).byteValue(FORM).number(tables.size());
        tables.forEach((table, origins) -> {
            bytes.text(table).number(origins.size());
            origins.forEach((origin, partitions) -> {
                bytes.text(origin).number(partitions.size());
                partitions.forEach(
                        (partition, sequence) -> bytes.number(partition).number(sequence));
            });
        });
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toBytes());
    }

    /** Throws {@link MalformedBytesException} for what {@link #encode} did not make. */
    static SessionToken decode(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw new MalformedBytesException("no Base64");
        }
        Wire.Reader reader = new Wire.Reader(bytes);
        if (reader.byteValue() != FORM) {
            throw new MalformedBytesException("an unknown form");
        }
        Map<Log, Long> positions = new TreeMap<>();
        for (int tables = reader.count(); tables > 0; tables--) {
            String table = reader.text();
            for (int origins = reader.count(); origins > 0; origins--) {
                String origin = reader.text();
                for (int partitions = reader.count(); partitions > 0; partitions--) {
                    positions.put(new Log(table, origin, reader.index()), reader.number());
                }
            }
        }
        if (!reader.atEnd()) {
            throw new MalformedBytesException("something follows");
        }
        return new SessionToken(positions);
    }
}
