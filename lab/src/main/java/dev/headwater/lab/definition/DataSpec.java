package dev.headwater.lab.definition;

import dev.headwater.forecasting.InvalidInputException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which data a row uses: exactly one of these keys.
public record DataSpec(
        @Nullable Speech speech,
        @Nullable Traffic traffic,
        @Nullable WeatherWindows weatherWindows,
        @Nullable WeatherDraws weatherDraws,
        @Nullable Reviews reviews,
        @Nullable Sine sine,
        @Nullable Synthetic synthetic) {

    /// @throws InvalidInputException when not exactly one key is given
    public DataSpec {
        OneKey.require("data", speech, traffic, weatherWindows, weatherDraws, reviews, sine, synthetic);
    }

    /// The data of a row.
    public sealed interface Source {}

    /// The key that is given.
    public Source source() {
        Stream<@Nullable Source> all =
                Stream.of(speech, traffic, weatherWindows, weatherDraws, reviews, sine, synthetic);
        return all.filter(Objects::nonNull).findFirst().orElseThrow();
    }

    /// Spoken words as magnitudes of the short-time Fourier transform (document 000).
    ///
    /// @param frameLength samples of a transform
    /// @param frameStep   samples from one transform to the next
    /// @param split       `speaker` or `random`
    public record Speech(int frameLength, int frameStep, String split) implements Source {}

    /// All sensors of PEMS-BAY at once: `lookback` readings and the time of day as one more row, z-scores per
    /// time
    /// step (document 000).
    public record Traffic(int lookback, int horizon) implements Source {}

    /// Windows of the Jena weather as `timeseries_dataset_from_array` makes them (document 001); the target is
    /// in its
    /// own unit, the inputs are z-scores fitted on the training rows.
    ///
    /// @param target         the column that is forecast
    /// @param train          share of the rows for training
    /// @param validation     share of the rows for validation; the rest is for the test
    /// @param samplingRate   rows from one step to the next
    /// @param sequenceLength steps of a window
    /// @param ahead          steps from the end of the window to the target
    public record WeatherWindows(
            String target, double train, double validation, int samplingRate, int sequenceLength, int ahead)
            implements Source {}

    /// Windows of the Jena weather drawn at random for training, in order for validation and test (document 002);
    /// inputs and target are z-scores fitted on the training rows.
    ///
    /// @param target        the column that is forecast
    /// @param trainRows     first rows, for training, of 420,551; of a shorter history in proportion
    /// @param validationEnd row before which the validation part ends, of 420,551
    /// @param lookback      rows of a window
    /// @param step          rows from one step to the next
    /// @param delay         rows from the end of the window to the target
    public record WeatherDraws(String target, int trainRows, int validationEnd, int lookback, int step, int delay)
            implements Source {}

    /// Film reviews as numbers of words (document 002).
    ///
    /// @param vocabulary most frequent words that are told apart
    /// @param length     words of a review; longer ones are cut, shorter ones padded
    public record Reviews(int vocabulary, int length) implements Source {}

    /// `t sin(t) / 3 + 2 sin(5 t)` for t from 0 to 30, sampled every 0.1; windows start at random times,
    /// targets are
    /// the inputs one step later (document 003).
    ///
    /// @param steps of a window
    public record Sine(int steps) implements Source {}

    /// A series with trend, season and noise (document 004).
    ///
    /// @param window steps of a window; the target is the next value
    /// @param split  steps before the validation part
    public record Synthetic(int window, int split) implements Source {}
}
