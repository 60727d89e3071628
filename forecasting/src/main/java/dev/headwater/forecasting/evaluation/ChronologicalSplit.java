package dev.headwater.forecasting.evaluation;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;

/// The literature's split of traffic data (Li et al., *Diffusion Convolutional Recurrent Neural Network*, 2018): all
/// windows in order of time, the first 70 % train, the last 20 % test, the rest in between validates.
///
/// A window is named by the row of its oldest slot.
///
/// @param windows    windows in all
/// @param train      windows of the training part
/// @param validation windows of the validation part
/// @param test       windows of the test part
/// @param lookback   slots a window looks back
public record ChronologicalSplit(int windows, int train, int validation, int test, int lookback) {

    private static final double TRAIN_SHARE = 0.7;
    private static final double TEST_SHARE = 0.2;

    /// The part of a split that is meant.
    public enum Part {
        TRAIN,
        VALIDATION,
        TEST;

        /// The part's name on the command line and in reports.
        public String label() {
            return switch (this) {
                case TRAIN -> "train";
                case VALIDATION -> "validation";
                case TEST -> "test";
            };
        }
    }

    /// First window and number of windows.
    public record Range(int first, int count) {
        public int end() {
            return first + count;
        }
    }

    /// Splits the windows of a series.
    ///
    /// @throws InvalidInputException when the series is too short for one window in each part
    public static ChronologicalSplit of(Series series) {
        WindowSpec window = series.network().window();
        int windows = series.slots() - window.span() + 1;
        int test = (int) Math.round(TEST_SHARE * windows);
        int train = (int) Math.round(TRAIN_SHARE * windows);
        if (windows < 1 || test < 1 || train < 1 || windows - train - test < 1) {
            throw new InvalidInputException("network " + series.network().name() + ": " + series.slots()
                    + " slots are too short a span for windows of " + window.lookback() + " + " + window.horizon()
                    + " slots in three parts; at least " + (window.span() + 8) + " always suffice");
        }
        return new ChronologicalSplit(windows, train, windows - train - test, test, window.lookback());
    }

    public Range range(Part part) {
        return switch (part) {
            case TRAIN -> new Range(0, train);
            case VALIDATION -> new Range(train, validation);
            case TEST -> new Range(train + validation, test);
        };
    }

    /// Rows that the training windows look back on: what scaler and climatology may be fitted on.
    public int trainRows() {
        return train + lookback - 1;
    }
}
