package dev.meridian.table.value;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** Strings as their UTF-8 bytes, without the JDK's silent replacement of what cannot be encoded. */
public final class Utf8 {

    /** The order of DynamoDB strings: unsigned UTF-8 bytes, which differs from {@code String.compareTo} past U+FFFF. */
    public static final Comparator<String> ORDER = (left, right) -> Arrays.compareUnsigned(encode(left), encode(right));

    private Utf8() {}

    /** Encodes; a lone surrogate throws {@link InvalidValueException}. */
    public static byte[] encode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == text.length() && isAscii(bytes)) {
            return bytes;
        }
        try {
            ByteBuffer strict = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(text));
            return Arrays.copyOf(strict.array(), strict.limit());
        } catch (CharacterCodingException malformed) {
            throw new InvalidValueException("String contains a surrogate without its pair");
        }
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte next : bytes) {
            if (next < 0 || next == '?') {
                return false;
            }
        }
        return true;
    }

    /** How many bytes the string takes. */
    public static int length(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next < 0x80) {
                bytes++;
            } else if (next < 0x800) {
                bytes += 2;
            } else if (Character.isHighSurrogate(next) && i + 1 < text.length()) {
                bytes += 4;
                i++;
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }

    public static String decode(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
