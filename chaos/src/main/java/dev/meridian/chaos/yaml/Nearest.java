package dev.meridian.chaos.yaml;

import java.util.Collection;
import java.util.Comparator;

/** The word somebody probably meant. */
public final class Nearest {

    private Nearest() {}

    public static String to(String word, Collection<String> words) {
        return words.stream()
                .min(Comparator.comparingInt(known -> distance(word, known)))
                .orElse("");
    }

    /** Levenshtein distance. */
    private static int distance(String one, String two) {
        int[] row = new int[two.length() + 1];
        for (int j = 0; j <= two.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= two.length(); j++) {
                int change = diagonal + (one.charAt(i - 1) == two.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[two.length()];
    }
}
