package dev.headwater.forecasting.window;

import dev.headwater.forecasting.InvalidInputException;

/// Maps windows to rows of a series, with the arithmetic of Keras' `timeseries_dataset_from_array` (Chollet, *Deep
/// Learning with Python*, 2nd edition, 10.2). Window `i` begins at row `startIndex + i * sequenceStride` and has
/// `sequenceLength` rows, `samplingRate` apart; with a series of targets, its target is the one at its first row.
///
/// As in the versions of Keras that the book's examples use, a window occupies `sequenceLength * samplingRate`
/// rows, including those after its last sample.
///
/// @param sequenceLength rows of a window
/// @param samplingRate   rows from one sample to the next
/// @param sequenceStride rows from the start of one window to the start of the next
/// @param startIndex     first row that may be used
/// @param endIndex       one past the last row that may be used
public record SampledWindows(int sequenceLength, int samplingRate, int sequenceStride, int startIndex, int endIndex) {

    public SampledWindows {
        atLeast("sequenceLength", sequenceLength, 1);
        atLeast("samplingRate", samplingRate, 1);
        atLeast("sequenceStride", sequenceStride, 1);
        atLeast("startIndex", startIndex, 0);
        atLeast("endIndex", endIndex, startIndex);
    }

    private static void atLeast(String what, int value, int least) {
        if (value < least) {
            throw new InvalidInputException(what + ": must be at least " + least + ", found " + value);
        }
    }

    /// Number of windows.
    public int count() {
        int starts = endIndex - startIndex - sequenceLength * samplingRate + 1;
        return Math.max(0, Math.ceilDiv(starts, sequenceStride));
    }

    /// The row of a window's first sample; also the row of its target.
    public int first(int window) {
        return startIndex + window * sequenceStride;
    }

    /// The row of a sample.
    public int row(int window, int sample) {
        return first(window) + sample * samplingRate;
    }

    /// The rows of all samples of a window.
    public int[] rows(int window) {
        int[] rows = new int[sequenceLength];
        for (int sample = 0; sample < sequenceLength; sample++) {
            rows[sample] = row(window, sample);
        }
        return rows;
    }
}
