package dev.headwater.benchmarks.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A table of figures, some of them with a target.
final class Results {

    private final List<String> lines =
            new ArrayList<>(List.of("| figure | measured | target | |", "|---|---|---|---|"));
    private boolean missed;

    void add(String figure, String measured) {
        lines.add("| " + figure + " | " + measured + " | | |");
    }

    void atMost(String figure, String measured, double value, double most, String unit) {
        target(figure, measured, "at most " + text(most) + " " + unit, value <= most);
    }

    void atLeast(String figure, String measured, double value, double least, String unit) {
        target(figure, measured, "at least " + text(least) + " " + unit, value >= least);
    }

    private void target(String figure, String measured, String target, boolean met) {
        missed |= !met;
        lines.add("| " + figure + " | " + measured + " | " + target + " | " + (met ? "pass" : "**fail**") + " |");
    }

    boolean missed() {
        return missed;
    }

    void print() {
        lines.forEach(System.out::println);
        System.out.flush();
    }

    /// Whole numbers from 20 on, otherwise one decimal place.
    static String text(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 20 || value == Math.rint(value) ? "%.0f" : "%.1f", value);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    static double least(double[] values) {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    static double most(double[] values) {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }

    /// As "60 (52 to 61)".
    static String spread(double[] values) {
        return text(median(values)) + " (" + text(least(values)) + " to " + text(most(values)) + ")";
    }
}
