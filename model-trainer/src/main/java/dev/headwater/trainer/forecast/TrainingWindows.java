package dev.headwater.trainer.forecast;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Range;
import dev.headwater.forecasting.network.GapPolicy;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The (sensor, window) pairs to train on, in random order: those that the gap policy would forecast, with at
/// least one truth over the horizon.
final class TrainingWindows {

    private final int windows;
    private final int[] pairs; // sensor * windows + window of the range

    private TrainingWindows(int windows, int[] pairs) {
        this.windows = windows;
        this.pairs = pairs;
    }

    /// @param stride slots from one window to the next of the same sensor
    /// @throws InvalidInputException when there are none
    static TrainingWindows of(Series series, Range range, int stride) {
        int sensors = series.sensors().size();
        if ((long) sensors * range.end() > Integer.MAX_VALUE - 8) {
            throw new InvalidInputException("network " + series.network().name() + ": at most " + Integer.MAX_VALUE
                    + " training windows are supported, found " + (long) sensors * range.end());
        }
        int[] pairs = new int[1024];
        int count = 0;
        for (int s = 0; s < sensors; s++) {
            Observed observed = Observed.of(series, s);
            for (int first = range.first(); first < range.end(); first += stride) {
                if (observed.isUsable(first)) {
                    pairs = count == pairs.length ? Arrays.copyOf(pairs, grown(count)) : pairs;
                    pairs[count++] = s * range.end() + first;
                }
            }
        }
        if (count == 0) {
            throw new InvalidInputException(
                    "network " + series.network().name() + ": none of the " + (long) sensors * range.count()
                            + " training windows has observed slots and a truth to learn from");
        }
        return new TrainingWindows(range.end(), Arrays.copyOf(pairs, count));
    }

    private static int grown(int length) {
        return (int) Math.min(2L * length, Integer.MAX_VALUE - 8);
    }

    /// Counts of observed targets at every `stride`-th row, before any row.
    ///
    /// @return `[row]`: those at `row - stride`, `row - 2 stride` and so on
    private static int[] observedBefore(Series series, int sensor, int stride) {
        int[] before = new int[series.slots() + stride];
        for (int row = 0; row < series.slots(); row++) {
            before[row + stride] = before[row] + (Float.isNaN(series.target(sensor, row)) ? 0 : 1);
        }
        return before;
    }

    private record Observed(WindowSpec window, GapPolicy gap, int[] samples, int[] truths) {

        static Observed of(Series series, int sensor) {
            WindowSpec window = series.network().window();
            return new Observed(
                    window,
                    series.network().gap(),
                    observedBefore(series, sensor, window.stride()),
                    observedBefore(series, sensor, window.horizonStride()));
        }

        boolean isUsable(int first) {
            int now = first + window.span() - 1;
            int seen = samples[now + window.stride()] - samples[first];
            int known = truths[now + window.lead(window.horizon() + 1)] - truths[now + window.lead(1)];
            return known > 0 && !gap.abstains(seen, window.lookback());
        }
    }

    int size() {
        return pairs.length;
    }

    int sensor(int index) {
        return pairs[index] / windows;
    }

    /// The row of the window's oldest slot.
    int first(int index) {
        return pairs[index] % windows;
    }

    /// Shuffles the pairs (Fisher-Yates).
    void shuffle(RandomGenerator random) {
        for (int i = pairs.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = pairs[i];
            pairs[i] = pairs[j];
            pairs[j] = kept;
        }
    }
}
