package dev.headwater.forecasting.network;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/// "Did you mean": the known word nearest to a mistyped one, by Levenshtein's edit distance (1965).
public final class Suggestion {

    private static final int FARTHEST = 3;
    private static final int MAX = 60; // all sensors of a city would make a useless line

    private Suggestion() {}

    /// ` (did you mean 'x'?)` when a known word is within three edits, otherwise a list of at most sixty known
    /// words.
    public static String of(String typed, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String word) -> distance(typed, word))
                        .thenComparing(word -> word))
                .filter(word -> distance(typed, word) <= Math.min(FARTHEST, typed.length()))
                .map(word -> " (did you mean '" + word + "'?)")
                .orElseGet(() -> " (known: " + listed(known) + ")");
    }

    private static String listed(Collection<String> known) {
        String first = known.stream().sorted().limit(MAX).collect(Collectors.joining(", "));
        return known.size() <= MAX ? first : first + " and " + (known.size() - MAX) + " more";
    }

    static int distance(String a, String b) {
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substituted = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
