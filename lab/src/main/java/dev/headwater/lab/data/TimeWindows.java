package dev.headwater.lab.data;

import dev.headwater.forecasting.InvalidInputException;
import org.jspecify.annotations.Nullable;

/// Which rows make up each window, and which row its target is, by the rule of Keras's
/// `timeseries_dataset_from_array` (keras/utils/timeseries_dataset.py), without batches and without shuffling.
///
/// The number of first rows to choose from is that of the Keras whose output document 001 prints:
/// `end - start - length * rate + 1`. Since 2022 Keras has `end - start - (length - 1) * rate`, up to `rate - 1`
/// more, which are the windows whose last row is among the last of the data.
///
/// @param size   number of windows
/// @param start  first row of the first window
/// @param steps  how rows make up windows
public record TimeWindows(int size, int start, Steps steps) {

    /// How rows make up windows, by Keras's names.
    ///
    /// @param sequenceLength rows of a window
    /// @param sequenceStride rows from a window to the next
    /// @param samplingRate   rows of the data from one row of a window to the next
    public record Steps(int sequenceLength, int sequenceStride, int samplingRate) {

        public Steps {
            require(sequenceLength >= 1, "sequenceLength", "1 or more", sequenceLength);
            require(sequenceStride >= 1, "sequenceStride", "1 or more", sequenceStride);
            require(samplingRate >= 1, "samplingRate", "1 or more", samplingRate);
        }

        /// Windows of neighbouring rows, one from each row.
        public static Steps of(int sequenceLength) {
            return new Steps(sequenceLength, 1, 1);
        }
    }

    /// The windows of all data.
    ///
    /// @param rows    rows of the data
    /// @param targets rows of the targets
    /// @throws InvalidInputException as below
    public static TimeWindows of(int rows, int targets, Steps steps) {
        return of(rows, targets, steps, 0, null);
    }

    /// The windows of the rows from `start` to before `end`. Windows whose target is not among the targets are
    /// left
    /// out.
    ///
    /// @param rows    rows of the data
    /// @param targets rows of the targets
    /// @param end     null for the end of the data
    /// @throws InvalidInputException when `start` and `end` do not lie within the data, or there is no window
    public static TimeWindows of(int rows, int targets, Steps steps, int start, @Nullable Integer end) {
        int last = end == null ? rows : end;
        require(start >= 0 && start < rows, "start", "from 0 to " + (rows - 1), start);
        require(last > start && last <= rows, "end", "from " + (start + 1) + " to " + rows, last);
        long firstRows = last - start - (long) steps.sequenceLength * steps.samplingRate + 1;
        long known = Math.min(firstRows, Math.min(last, targets) - start);
        if (known < 1) {
            throw new InvalidInputException("windows of " + steps.sequenceLength + " x " + steps.samplingRate
                    + " rows: must fit between the rows " + start + " and " + last + ", found " + targets
                    + " targets and no window");
        }
        return new TimeWindows((int) ((known - 1) / steps.sequenceStride) + 1, start, steps);
    }

    private static void require(boolean holds, String key, String rule, int found) {
        if (!holds) {
            throw new InvalidInputException("windows: " + key + " must be " + rule + ", found " + found);
        }
    }

    /// The row of the data at a step of a window.
    public int row(int window, int step) {
        return target(window) + step * steps.samplingRate;
    }

    /// The rows of a window.
    ///
    /// @return `[sequenceLength]`
    public int[] rows(int window) {
        int[] rows = new int[steps.sequenceLength];
        for (int step = 0; step < rows.length; step++) {
            rows[step] = row(window, step);
        }
        return rows;
    }

    /// The row of the window's target in the targets, which is the window's first row in the data.
    public int target(int window) {
        return start + window * steps.sequenceStride;
    }
}
