package dev.meridian.replication.log;

import dev.meridian.conflict.AttributeVersions;
import dev.meridian.conflict.HybridTimestamp;
import dev.meridian.conflict.Stamp;
import dev.meridian.conflict.Version;
import dev.meridian.conflict.VersionVector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the small binary forms of this module: variable-length integers (seven bits a byte, least first),
 * strings and byte strings with their length before them. Reading past the end or a length that cannot be is a {@link
 * MalformedBytesException}.
 */
public final class Wire {

    private Wire() {}

    /** A growing byte string. */
    public static final class Writer {

        private byte[] bytes;
        private int length;

        public Writer(int expectedBytes) {
            bytes = new byte[Math.max(16, expectedBytes)];
        }

        public Writer byteValue(int value) {
            ensure(1);
            bytes[length++] = (byte) value;
            return this;
        }

        public Writer number(long value) {
            ensure(10);
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                bytes[length++] = (byte) (rest & 0x7F | 0x80);
                rest >>>= 7;
            }
            bytes[length++] = (byte) rest;
            return this;
        }

        public Writer raw(byte[] value) {
            ensure(value.length);
            System.arraycopy(value, 0, bytes, length, value.length);
            length += value.length;
            return this;
        }

        public Writer bytes(byte[] value) {
            return number(value.length).raw(value);
        }

        /** A byte string that may be missing. */
        public Writer optionalBytes(byte @Nullable [] value) {
            return value == null ? number(0) : number(value.length + 1L).raw(value);
        }

        public Writer text(String value) {
            return bytes(value.getBytes(StandardCharsets.UTF_8));
        }

        public Writer stamp(Stamp stamp) {
            text(stamp.version().region()).number(stamp.version().timestamp());
            Map<String, Long> others = new LinkedHashMap<>(stamp.seen().timestamps());
            others.remove(stamp.version().region(), stamp.version().timestamp());
            number(others.size());
            others.forEach((region, timestamp) -> text(region).number(timestamp));
            return this;
        }

        public Writer attributes(AttributeVersions versions) {
            Version deleted = versions.deleted();
            byteValue(deleted == null ? 0 : 1);
            if (deleted != null) {
                version(deleted);
            }
            number(versions.written().size());
            versions.written().forEach((name, version) -> text(name).version(version));
            return this;
        }

        private Writer version(Version version) {
            return text(version.region()).number(version.timestamp());
        }

        public byte[] toBytes() {
            return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        }

        public int length() {
            return length;
        }

        private void ensure(int more) {
            if (length + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
            }
        }
    }

    /** No log will ever be so long, and whoever goes on from there can still count. */
    private static final long SEQUENCE_MAX = Long.MAX_VALUE / 2;

    /** Walks a byte string. */
    public static final class Reader {

        private final byte[] bytes;
        private int position;

        public Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        public int byteValue() {
            need(1);
            return bytes[position++] & 0xFF;
        }

        public long number() {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                int next = byteValue();
                value |= (long) (next & 0x7F) << shift;
                if (next < 0x80) {
                    return value;
                }
            }
            throw new MalformedBytesException("a number of more than ten bytes");
        }

        /** A number that is an int of 0 or more. */
        public int index() {
            long value = number();
            if (value < 0 || value > Integer.MAX_VALUE) {
                throw new MalformedBytesException("no index: " + value);
            }
            return (int) value;
        }

        /** A hybrid timestamp; one that no clock can have given would be passed on by every clock that witnessed it. */
        public long timestamp() {
            long timestamp = number();
            if (!HybridTimestamp.isPossible(timestamp)) {
                throw new MalformedBytesException("no clock's time: " + timestamp);
            }
            return timestamp;
        }

        /** The number of a record in its log, or 0 before the first. */
        public long sequence() {
            long sequence = number();
            if (sequence < 0 || sequence > SEQUENCE_MAX) {
                throw new MalformedBytesException("no sequence: " + sequence);
            }
            return sequence;
        }

        /** A constant by its name. */
        public <E extends Enum<E>> E constant(Class<E> type) {
            String name = text();
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equals(name)) {
                    return constant;
                }
            }
            throw new MalformedBytesException("no " + type.getSimpleName() + ": " + name);
        }

        /** A count of things that take at least a byte each. */
        public int count() {
            long count = number();
            if (count < 0 || count > bytes.length - position) {
                throw new MalformedBytesException("a count of " + count + " with too few bytes left");
            }
            return (int) count;
        }

        public byte[] bytes() {
            return raw(count());
        }

        public byte @Nullable [] optionalBytes() {
            long length = number();
            if (length < 0 || length - 1 > bytes.length - position) {
                throw new MalformedBytesException("a length of " + (length - 1) + " with too few bytes left");
            }
            return length == 0 ? null : raw((int) (length - 1));
        }

        public byte[] raw(int length) {
            need(length);
            byte[] value = Arrays.copyOfRange(bytes, position, position + length);
            position += length;
            return value;
        }

        public String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        public Stamp stamp() {
            Version version = version();
            int others = count();
            if (others == 0) {
                return Stamp.first(version);
            }
            Map<String, Long> seen = new LinkedHashMap<>();
            for (int i = 0; i < others; i++) {
                seen.put(text(), timestamp());
            }
            return new Stamp(version, new VersionVector(seen).with(version));
        }

        public AttributeVersions attributes() {
            Version deleted = byteValue() == 1 ? version() : null;
            TreeMap<String, Version> written = new TreeMap<>();
            for (int left = count(); left > 0; left--) {
                written.put(text(), version());
            }
            return new AttributeVersions(deleted, written);
        }

        private Version version() {
            String region = text();
            return new Version(timestamp(), region);
        }

        public boolean atEnd() {
            return position == bytes.length;
        }

        private void need(int more) {
            if (more < 0 || more > bytes.length - position) {
                throw new MalformedBytesException(more + " bytes wanted, " + (bytes.length - position) + " left");
            }
        }
    }
}
