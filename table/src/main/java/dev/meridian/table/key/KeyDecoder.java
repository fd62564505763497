package dev.meridian.table.key;

import dev.meridian.table.value.AttributeValue;
import dev.meridian.table.value.Binary;
import dev.meridian.table.value.Utf8;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Reads back what {@link KeyEncoder} wrote. */
public final class KeyDecoder {

    private static final int EXPONENT_BIAS = 0x4000;

    private final byte[] bytes;
    private int at;

    private KeyDecoder(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    /**
     * The values in an item's key, partition key first.
     *
     * @param types S, N or B of each
     * @throws IllegalArgumentException where the bytes are no such key
     */
    public static List<AttributeValue> itemKey(byte[] key, List<String> types) {
        KeyDecoder decoder = new KeyDecoder(key, KeyEncoder.HASH_BYTES);
        List<AttributeValue> values = new ArrayList<>();
        try {
            for (String type : types) {
                values.add(decoder.value(type));
            }
        } catch (ArrayIndexOutOfBoundsException cut) {
            throw new IllegalArgumentException("a key that ends early", cut);
        }
        if (decoder.at != key.length) {
            throw new IllegalArgumentException("a key with more in it than " + types);
        }
        return values;
    }

    private AttributeValue value(String type) {
        return switch (type) {
            case "S" -> new AttributeValue.S(Utf8.decode(bytesWithin()));
            case "B" -> new AttributeValue.B(new Binary(bytesWithin()));
            case "N" -> new AttributeValue.N(number());
            default -> throw new IllegalArgumentException("not a key type: " + type);
        };
    }

    private byte[] bytesWithin() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(32);
        while (true) {
            byte next = bytes[at++];
            if (next == 0 && bytes[at++] == 1) {
                return out.toByteArray();
            }
            out.write(next);
        }
    }

    private BigDecimal number() {
        int sign = bytes[at++];
        if (sign == 2) {
            return BigDecimal.ZERO;
        }
        int flip = sign == 1 ? 0xFF : 0;
        int exponent = next(flip) * 256 + next(flip) - EXPONENT_BIAS;
        StringBuilder digits = new StringBuilder(sign == 1 ? "-" : "");
        int count = 0;
        for (int digit = next(flip); digit != 0; digit = next(flip)) {
            digits.append(digit - 1);
            count++;
        }
        return new BigDecimal(new BigInteger(digits.toString()), count - exponent);
    }

    private int next(int flip) {
        return (bytes[at++] & 0xFF) ^ flip;
    }
}
