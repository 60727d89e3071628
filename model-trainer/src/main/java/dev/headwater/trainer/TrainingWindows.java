package dev.headwater.trainer;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Range;
import dev.headwater.forecasting.network.GapPolicy;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;
import java.util.Arrays;
import java.util.SplittableRandom;

/// The (sensor, window) pairs that a network can learn from: those that the gap policy would forecast, with at least
/// one
/// truth over the horizon. In a drawn order.
final class TrainingWindows {

    private final int windows;
    private final int[] pairs; // sensor * windows + window of the range

    private TrainingWindows(int windows, int[] pairs) {
        this.windows = windows;
        this.pairs = pairs;
    }

    /// @throws InvalidInputException when there are none
    static TrainingWindows of(Series series, Range range) {
        int sensors = series.sensors().size();
        if ((long) sensors * range.end() > Integer.MAX_VALUE - 8) {
            throw new InvalidInputException("network " + series.network().name() + ": at most " + Integer.MAX_VALUE
                    + " training windows are supported, found " + (long) sensors * range.end());
        }
        int[] pairs = new int[1024];
        int count = 0;
        for (int s = 0; s < sensors; s++) {
            int[] before = observedBefore(series, s);
            for (int first = range.first(); first < range.end(); first++) {
                if (isUsable(series, before, first)) {
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

    /// `[row]`: observed targets in the rows before it.
    private static int[] observedBefore(Series series, int sensor) {
        int[] before = new int[series.slots() + 1];
        for (int row = 0; row < series.slots(); row++) {
            before[row + 1] = before[row] + (Float.isNaN(series.target(sensor, row)) ? 0 : 1);
        }
        return before;
    }

    private static boolean isUsable(Series series, int[] before, int first) {
        WindowSpec window = series.network().window();
        GapPolicy gap = series.network().gap();
        int now = first + window.lookback();
        int truths = before[now + window.horizon()] - before[now];
        return truths > 0 && !gap.abstains(before[now] - before[first], window.lookback());
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

    /// Draws a new order (Fisher-Yates).
    void shuffle(SplittableRandom random) {
        for (int i = pairs.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = pairs[i];
            pairs[i] = pairs[j];
            pairs[j] = kept;
        }
    }
}
