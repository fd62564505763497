package dev.meridian.table.model;

import java.util.Base64;

/** Base64 as the service reads it: padded, no white space, no leniency. */
public final class Base64Text {

    private Base64Text() {}

    static byte[] decode(String text) {
        if (text.length() % 4 != 0) {
            throw new MalformedRequestException(
                    "Base64 encoded length is expected a multiple of 4 bytes but found: " + text.length());
        }
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            boolean padding = next == '=' && i >= text.length() - 2;
            if (!padding && !isAlphabet(next)) {
                throw new MalformedRequestException("Invalid Base64 character: '" + next + "'");
            }
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (!encode(bytes).equals(text)) {
                throw new MalformedRequestException("Invalid last non-pad Base64 character dectected");
            }
            return bytes;
        } catch (IllegalArgumentException invalid) {
            throw new MalformedRequestException("Invalid Base64 character: '='");
        }
    }

    public static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static boolean isAlphabet(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }
}
