package dev.headwater.forecasting.audio;

import java.util.List;
import java.util.stream.IntStream;

/// The confusion matrix of a classifier on a set of clips.
///
/// @param labels the words, in the order of rows and columns
/// @param counts `[said][heard]`
public record Confusion(List<String> labels, List<List<Integer>> counts) {

    /// @throws IllegalArgumentException when the counts are not one row and one column per label
    public Confusion {
        int words = labels.size();
        if (counts.size() != words || counts.stream().anyMatch(row -> row.size() != words)) {
            throw new IllegalArgumentException("confusion must have a row and a column for each of " + labels);
        }
        labels = List.copyOf(labels);
        counts = counts.stream().map(List::copyOf).toList();
    }

    /// @param counts `[said][heard]`
    public static Confusion of(List<String> labels, int[][] counts) {
        return new Confusion(
                labels,
                IntStream.range(0, counts.length)
                        .mapToObj(said -> IntStream.of(counts[said]).boxed().toList())
                        .toList());
    }

    private int count(int said, int heard) {
        return counts.get(said).get(heard);
    }

    /// Number of clips classified.
    public int clips() {
        return counts.stream().flatMap(List::stream).mapToInt(Integer::intValue).sum();
    }

    /// Share of the clips that were classified correctly; 0 without clips.
    public double accuracy() {
        int right =
                IntStream.range(0, labels.size()).map(word -> count(word, word)).sum();
        return clips() == 0 ? 0 : (double) right / clips();
    }

    /// The two words that are confused with each other most often, in either direction; the first pair of
    /// several equal ones.
    public List<String> hardest() {
        int first = 0;
        int second = Math.min(1, labels.size() - 1);
        for (int a = 0; a < labels.size(); a++) {
            for (int b = a + 1; b < labels.size(); b++) {
                if (mistakes(a, b) > mistakes(first, second)) {
                    first = a;
                    second = b;
                }
            }
        }
        return List.of(labels.get(first), labels.get(second));
    }

    private int mistakes(int a, int b) {
        return count(a, b) + count(b, a);
    }
}
