package dev.headwater.cli;

import dev.headwater.forecasting.audio.Confusion;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/// A confusion matrix on a terminal.
final class Confusions {

    private static final int MIN_WIDTH = 5;

    private Confusions() {}

    static void print(PrintWriter out, Confusion confusion) {
        List<String> words = confusion.labels();
        int width = Math.max(
                MIN_WIDTH, words.stream().mapToInt(String::length).max().orElse(0) + 1);
        out.print(" ".repeat(width));
        words.forEach(word -> out.print(right(word, width)));
        out.println("  <- heard");
        for (int said = 0; said < words.size(); said++) {
            out.print(right(words.get(said), width));
            confusion.counts().get(said).forEach(count -> out.print(right(String.valueOf(count), width)));
            out.println();
        }
        out.printf(
                Locale.ROOT,
                "hardest to tell apart: %s and %s%n",
                confusion.hardest().getFirst(),
                confusion.hardest().getLast());
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
