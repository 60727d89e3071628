package dev.headwater.forecasting.evaluation;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SplitSpec;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;

/// The split of a history by its network's shares. The windows are in chronological order: the first ones are
/// for training, the next for validation, the last for the test. The default is the usual one for traffic (Li
/// et al., *Diffusion Convolutional Recurrent Neural Network*, 2018): 70 / 10 / 20 %.
///
/// A window is identified by the row of its oldest slot.
///
/// @param windows    all windows
/// @param train      windows of the training part
/// @param validation windows of the validation part
/// @param test       windows of the test part
/// @param span       slots from a window's oldest sample to its newest
public record ChronologicalSplit(int windows, int train, int validation, int test, int span) {

    /// A part of a split.
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
        return of(series.network(), series.slots());
    }

    /// Splits the windows of a history of `slots` slots.
    ///
    /// @throws InvalidInputException when that is too short for one window in each part
    public static ChronologicalSplit of(SensorNetwork network, int slots) {
        WindowSpec window = network.window();
        SplitSpec shares = network.split();
        int windows = slots - window.spanWithHorizon() + 1;
        int test = (int) Math.round(shares.test() * windows);
        int train = (int) Math.round(shares.train() * windows);
        if (windows < 1 || test < 1 || train < 1 || windows - train - test < 1) {
            throw new InvalidInputException("network " + network.name() + ": " + slots
                    + " slots are too short a span for windows of " + window.span() + " + "
                    + window.lead(window.horizon())
                    + " slots in three parts; at least " + (window.spanWithHorizon() + 8) + " always suffice");
        }
        return new ChronologicalSplit(windows, train, windows - train - test, test, window.span());
    }

    /// Splits the windows of a series at given rows. When the cuts lie in gaps that are longer than a window
    /// with its horizon, no part contains data of another.
    ///
    /// @param validationRow oldest row of the first validation window
    /// @param testRow       oldest row of the first test window
    /// @throws IllegalArgumentException when a part has no window
    public static ChronologicalSplit at(Series series, int validationRow, int testRow) {
        WindowSpec window = series.network().window();
        int windows = series.slots() - window.spanWithHorizon() + 1;
        if (validationRow < 1 || testRow <= validationRow || windows <= testRow) {
            throw new IllegalArgumentException("cuts must leave each part of " + windows + " windows one, found "
                    + validationRow + " and " + testRow);
        }
        return new ChronologicalSplit(
                windows, validationRow, testRow - validationRow, windows - testRow, window.span());
    }

    public Range range(Part part) {
        return switch (part) {
            case TRAIN -> new Range(0, train);
            case VALIDATION -> new Range(train, validation);
            case TEST -> new Range(train + validation, test);
        };
    }

    /// Rows in the lookback of the training windows: scaler and climatology may be fitted on these.
    public int trainRows() {
        return train + span - 1;
    }
}
