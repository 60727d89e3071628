package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.audio.KeywordModel;
import dev.headwater.forecasting.audio.RecurrentKeywordClassifier;
import dev.headwater.forecasting.interval.IntervalTable;
import dev.headwater.forecasting.interval.ResidualBand;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.forecasting.seasonal.SeasonalView;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.WindowBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Makes a model forecast on trial before it serves, both from its sample windows and from synthetic windows
/// of a usual week, since the samples need not have every day of the week. Values and bounds must be finite
/// and within the target's range, widened by [TargetRange#WIDENED_BY] times its width on either side. Keyword
/// probabilities must be valid.
final class ModelProbe {

    private static final long SOME_DAY =
            Instant.parse("2020-06-01T00:00:00Z").toEpochMilli(); // for artefacts without a seasonal state
    private static final int WEEK_DAYS = 7;
    private static final float ROUNDING = 1e-3f;

    private ModelProbe() {}

    /// @param source name of the artefact in messages
    /// @throws InvalidInputException when a forecast is implausible
    static void require(ForecastModel model, String source) {
        SensorNetwork network = model.manifest().network();
        GruForecaster forecaster = GruForecaster.of(model);
        List<SampleWindow> windows = new ArrayList<>(model.samples());
        windows.addAll(usualWeek(model));
        TargetRange range = TargetRange.of(model).widened();
        WindowBatch batch = new WindowBatch(network, windows.size(), new OwnSeasonalState(model.seasonalStates()));
        windows.forEach(window -> batch.add(window.sensor(), window.issuedAt(), window.values()));
        float[] values = new float[windows.size() * network.window().horizon()];
        forecaster.forecast(batch, values);
        require(values, range, source);
        ResidualBand band = model.manifest().band();
        if (band != null) {
            Forecast.Interval around = band.around(usual(model));
            require(around.lower(), range, source);
            require(around.upper(), range, source);
        }
        if (model.intervals() != null) {
            requireIntervals(model.intervals(), batch, values, range, source);
        }
        if (model.keywords() != null) {
            requireKeywords(model.keywords(), source);
        }
    }

    private static void requireIntervals(
            IntervalTable table, WindowBatch batch, float[] values, TargetRange range, String source) {
        int bounds = table.levels().bounds();
        float[] around = new float[table.horizon() * bounds];
        for (int window = 0; window < batch.count(); window++) {
            table.offsets(batch, window, values, around);
            for (int i = 0; i < around.length; i++) {
                around[i] += values[window * table.horizon() + i / bounds];
            }
            require(around, range, source);
        }
    }

    private static void require(float[] values, TargetRange range, String source) {
        for (float value : values) {
            if (!range.holds(value)) {
                throw new InvalidInputException(source + ": its forecasts on trial must lie " + range
                        + ", the range of its target widened by " + TargetRange.WIDENED_BY + " widths, found " + value);
            }
        }
    }

    /// The seasonal states in the artefact, from which streams start.
    private record OwnSeasonalState(SeasonalStates seasonalStates) implements History {

        @Override
        public float target(String sensor, long slot) {
            return Float.NaN;
        }

        @Override
        public @Nullable SeasonalView seasonalState(String sensor) {
            return seasonalStates.view().on(seasonalStates.newest(sensor));
        }
    }

    /// One window per day, each of another sensor, with all measures at their means.
    private static List<SampleWindow> usualWeek(ForecastModel model) {
        SensorNetwork network = model.manifest().network();
        SlotClock clock = network.clock();
        List<String> sensors = model.manifest().sensors();
        long through = model.seasonalStates().through();
        long newest = through == Long.MIN_VALUE ? clock.slotOf(SOME_DAY) : through;
        float[] means = means(model);
        List<SampleWindow> windows = new ArrayList<>();
        for (int day = 0; day < WEEK_DAYS; day++) {
            long end = newest + (long) day * clock.slotsPerDay();
            String sensor = sensors.isEmpty() ? "" : sensors.get(day % sensors.size());
            windows.add(new SampleWindow(sensor, end, means));
        }
        return windows;
    }

    /// `[lookback][measure]`
    private static float[] means(ForecastModel model) {
        SensorNetwork network = model.manifest().network();
        int measures = network.measures().size();
        float[] values = new float[network.window().lookback() * measures];
        for (int at = 0; at < values.length; at += measures) {
            System.arraycopy(model.scaler().mean(), 0, values, at, measures);
        }
        return values;
    }

    /// A forecast with the mean at every step.
    private static float[] usual(ForecastModel model) {
        float[] values = new float[model.manifest().network().window().horizon()];
        Arrays.fill(values, model.scaler().mean()[model.manifest().network().targetIndex()]);
        return values;
    }

    private static void requireKeywords(KeywordModel keywords, String source) {
        RecurrentKeywordClassifier classifier = new RecurrentKeywordClassifier(keywords, 1);
        short[] silence = new short[classifier.clip()];
        short[] noise = new short[classifier.clip()];
        Random random = new Random(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) (1000 * random.nextGaussian());
        }
        for (short[] clip : List.of(silence, noise)) {
            float[] probabilities = new float[keywords.words().size()];
            classifier.classify(clip, 0, probabilities);
            float sum = 0;
            for (float probability : probabilities) {
                sum += probability >= 0 ? probability : Float.NaN;
            }
            if (!(Math.abs(sum - 1) <= ROUNDING)) {
                throw new InvalidInputException(
                        source + ": its probabilities of words on trial must add up to 1, found " + sum);
            }
        }
    }
}
