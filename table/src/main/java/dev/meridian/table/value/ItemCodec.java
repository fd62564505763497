package dev.meridian.table.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * An item's bytes on disk and between regions. Deterministic: equal items give equal bytes whatever the order of their
 * attributes, so that digests can compare bytes.
 *
 * <p>A format byte, then the attributes by name: count, and for each its name, a type byte and the value. Lengths and
 * counts are variable-length integers; a number is its scale and its unscaled value in two's complement.
 */
public final class ItemCodec {

    private static final int FORMAT = 1;

    /** Deeper than any item that a request can carry; bytes that go further are not ours. */
    private static final int NESTING_MAX = 64;

    private ItemCodec() {}

    public static byte[] encode(Item item) {
        Output out = new Output();
        out.put(FORMAT);
        out.entries(item.attributes());
        return out.toBytes();
    }

    /** Decodes what {@link #encode} wrote; throws IllegalArgumentException for anything else. */
    public static Item decode(byte[] bytes) {
        try {
            Input in = new Input(ByteBuffer.wrap(bytes));
            int format = in.get();
            if (format != FORMAT) {
                throw new IllegalArgumentException("an item of format " + format);
            }
            Item item = new Item(in.entries());
            if (in.buffer.hasRemaining()) {
                throw new IllegalArgumentException("an item with bytes left over");
            }
            return item;
        } catch (java.nio.BufferUnderflowException | NumberFormatException damaged) {
            throw new IllegalArgumentException("a damaged item", damaged);
        }
    }

    private static final class Output {

        private byte[] bytes = new byte[512];
        private int length;

        void put(int value) {
            ensure(1);
            bytes[length++] = (byte) value;
        }

        void number(int value) {
            int rest = value;
            while ((rest & ~0x7F) != 0) {
                put(rest & 0x7F | 0x80);
                rest >>>= 7;
            }
            put(rest);
        }

        void bytes(byte[] value) {
            number(value.length);
            ensure(value.length);
            System.arraycopy(value, 0, bytes, length, value.length);
            length += value.length;
        }

        void decimal(BigDecimal value) {
            number(value.scale() + 1_024);
            bytes(value.unscaledValue().toByteArray());
        }

        void entries(Map<String, AttributeValue> entries) {
            number(entries.size());
            List<Map.Entry<String, AttributeValue>> sorted = new ArrayList<>(entries.entrySet());
            sorted.sort(Map.Entry.comparingByKey());
            for (Map.Entry<String, AttributeValue> entry : sorted) {
                bytes(Utf8.encode(entry.getKey()));
                value(entry.getValue());
            }
        }

        void value(AttributeValue value) {
            if (value instanceof AttributeValue.S s) {
                put('S');
                bytes(Utf8.encode(s.value()));
            } else if (value instanceof AttributeValue.N n) {
                put('N');
                decimal(n.value());
            } else if (value instanceof AttributeValue.B b) {
                put('B');
                bytes(b.value().bytes());
            } else if (value instanceof AttributeValue.Bool bool) {
                put(bool.value() ? 'T' : 'F');
            } else if (value instanceof AttributeValue.Null) {
                put('0');
            } else if (value instanceof AttributeValue.M map) {
                put('M');
                entries(map.entries());
            } else if (value instanceof AttributeValue.L list) {
                put('L');
                number(list.elements().size());
                list.elements().forEach(this::value);
            } else {
                set(value);
            }
        }

        private void set(AttributeValue value) {
            if (value instanceof AttributeValue.SS set) {
                put('s');
                number(set.values().size());
                set.values().forEach(element -> bytes(Utf8.encode(element)));
            } else if (value instanceof AttributeValue.NS set) {
                put('n');
                number(set.values().size());
                set.values().forEach(this::decimal);
            } else if (value instanceof AttributeValue.BS set) {
                put('b');
                number(set.values().size());
                set.values().forEach(element -> bytes(element.bytes()));
            }
        }

        byte[] toBytes() {
            return Arrays.copyOf(bytes, length);
        }

        private void ensure(int more) {
            if (length + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
            }
        }
    }

    private static final class Input {

        private final ByteBuffer buffer;
        private int depth;

        Input(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        int get() {
            return buffer.get() & 0xFF;
        }

        int number() {
            int value = 0;
            for (int shift = 0; shift < 35; shift += 7) {
                int next = get();
                value |= (next & 0x7F) << shift;
                if (next < 0x80) {
                    return value;
                }
            }
            throw new IllegalArgumentException("a damaged item");
        }

        int count() {
            int count = number();
            if (count < 0 || count > buffer.remaining()) {
                throw new IllegalArgumentException("a damaged item");
            }
            return count;
        }

        byte[] bytes() {
            byte[] value = new byte[count()];
            buffer.get(value);
            return value;
        }

        String text() {
            int length = count();
            String text =
                    new String(buffer.array(), buffer.position(), length, java.nio.charset.StandardCharsets.UTF_8);
            buffer.position(buffer.position() + length);
            return text;
        }

        BigDecimal decimal() {
            int scale = number() - 1_024;
            return new BigDecimal(new BigInteger(bytes()), scale);
        }

        Map<String, AttributeValue> entries() {
            int count = count();
            Map<String, AttributeValue> entries = new LinkedHashMap<>(count * 2);
            for (int i = 0; i < count; i++) {
                String name = text();
                entries.put(name, value());
            }
            return entries;
        }

        AttributeValue value() {
            if (++depth > NESTING_MAX) {
                throw new IllegalArgumentException("an item nested too deeply");
            }
            AttributeValue value = typed();
            depth--;
            return value;
        }

        private AttributeValue typed() {
            int type = get();
            switch (type) {
                case 'S':
                    return new AttributeValue.S(text());
                case 'N':
                    return new AttributeValue.N(decimal());
                case 'B':
                    return new AttributeValue.B(new Binary(bytes()));
                case 'T':
                    return new AttributeValue.Bool(true);
                case 'F':
                    return new AttributeValue.Bool(false);
                case '0':
                    return new AttributeValue.Null();
                case 'M':
                    return new AttributeValue.M(entries());
                case 'L':
                    return new AttributeValue.L(elements());
                default:
                    return set(type);
            }
        }

        private List<AttributeValue> elements() {
            int count = count();
            List<AttributeValue> elements = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                elements.add(value());
            }
            return elements;
        }

        private AttributeValue set(int type) {
            int count = count();
            if (type == 's') {
                TreeSet<String> values = new TreeSet<>(Utf8.ORDER);
                for (int i = 0; i < count; i++) {
                    values.add(text());
                }
                return new AttributeValue.SS(values);
            } else if (type == 'n') {
                TreeSet<BigDecimal> values = new TreeSet<>();
                for (int i = 0; i < count; i++) {
                    values.add(decimal());
                }
                return new AttributeValue.NS(values);
            } else if (type == 'b') {
                TreeSet<Binary> values = new TreeSet<>();
                for (int i = 0; i < count; i++) {
                    values.add(new Binary(bytes()));
                }
                return new AttributeValue.BS(values);
            }
            throw new IllegalArgumentException("an attribute of type " + type);
        }
    }
}
