package dev.headwater.lab.data;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Part;
import dev.headwater.lab.definition.DataSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Film reviews as numbers of words (document 002), with the vocabulary of the training part. Short reviews are
/// padded
/// with 0 in front and of long ones the end is kept, as Keras's `pad_sequences` does by default.
final class ReviewData {

    private static final int[] FULL = {20_000, 5_000, 25_000}; // train, validation, test

    private ReviewData() {}

    static Dataset load(DataSpec.Reviews spec, DataFolder folder) {
        require(spec.vocabulary() > Vocabulary.FIRST_WORD, "vocabulary", "5 or more", spec.vocabulary());
        require(spec.length() >= 1, "length", "1 or more", spec.length());
        return of(spec, Review.read(folder.reviews()));
    }

    private static void require(boolean holds, String key, String rule, int found) {
        if (!holds) {
            throw new InvalidInputException("reviews." + key + ": must be " + rule + ", found " + found);
        }
    }

    static Dataset of(DataSpec.Reviews spec, List<Review> reviews) {
        Vocabulary vocabulary = Vocabulary.of(
                reviews.stream().filter(review -> review.part() == Part.TRAIN).map(Review::text), spec.vocabulary());
        Numbered train = numbered(reviews, Part.TRAIN, vocabulary, spec.length());
        Numbered validation = numbered(reviews, Part.VALIDATION, vocabulary, spec.length());
        Numbered test = numbered(reviews, Part.TEST, vocabulary, spec.length());
        int[] sizes = {train.size(), validation.size(), test.size()};
        float usual = 2 * train.likes() >= train.size() ? 1 : 0;
        return new Dataset(
                String.format(Locale.ROOT, "IMDb, %,d reviews", reviews.size()),
                Arrays.equals(sizes, FULL),
                new Shape(spec.length(), 1),
                new Shape(1, 1),
                train,
                validation,
                test,
                (input, inputAt, output, outputAt) -> output[outputAt] = usual,
                List.of("neg", "pos"),
                1,
                "");
    }

    private static Numbered numbered(List<Review> reviews, Part part, Vocabulary vocabulary, int length) {
        List<Review> own =
                reviews.stream().filter(review -> review.part() == part).toList();
        if (own.isEmpty()) {
            throw new InvalidInputException("reviews: each part must have one or more, found none for " + part.label());
        }
        int[][] words = own.parallelStream()
                .map(review -> vocabulary.encode(review.text(), length))
                .toArray(int[][]::new);
        boolean[] positive = new boolean[own.size()];
        for (int r = 0; r < positive.length; r++) {
            positive[r] = own.get(r).positive();
        }
        return new Numbered(words, positive, length);
    }

    /// @param words    `[review][word]`, not padded
    /// @param positive `[review]`
    /// @param length   words of an input
    private record Numbered(int[][] words, boolean[] positive, int length) implements Examples {

        @Override
        public int size() {
            return positive.length;
        }

        long likes() {
            long likes = 0;
            for (boolean like : positive) {
                likes += like ? 1 : 0;
            }
            return likes;
        }

        @Override
        public void load(int example, float[] input, int inputAt, float[] target, int targetAt) {
            int[] own = words[example];
            int first = inputAt + length - own.length;
            Arrays.fill(input, inputAt, first, 0);
            for (int w = 0; w < own.length; w++) {
                input[first + w] = own[w];
            }
            target[targetAt] = positive[example] ? 1 : 0;
        }
    }
}
