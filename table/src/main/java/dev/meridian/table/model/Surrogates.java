package dev.meridian.table.model;

/** Lone surrogates, which JSON can spell but no UTF-8 can carry. */
final class Surrogates {

    private Surrogates() {}

    static String checked(String text) {
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (!Character.isSurrogate(next)) {
                continue;
            }
            if (Character.isHighSurrogate(next)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else {
                throw new MalformedRequestException("String contains a surrogate without its pair");
            }
        }
        return text;
    }
}
