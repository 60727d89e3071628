package dev.headwater.bus.contract;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Forecast.Interval;
import dev.headwater.forecasting.accuracy.AccuracyReport;
import dev.headwater.forecasting.accuracy.AccuracySums;
import dev.headwater.forecasting.accuracy.Span;
import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.forecasting.drift.DriftEvent;
import dev.headwater.forecasting.drift.DriftKind;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.SensorNetwork;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Plausible values of a network, for the examples of its messages.
record ExampleValues(SensorNetwork network) {

    private static final String SENSOR = "400001";
    private static final String MODEL = "seq2seq-gru@3";
    private static final String ARTEFACT = "0123456789ab";
    private static final List<Double> LEVELS = List.of(0.8, 0.95);
    private static final long TIME = Instant.parse("2026-03-17T07:00:00Z").toEpochMilli();
    private static final long CLIP = 1000;

    /// A value of each measure, within its bounds.
    float[] reading() {
        float[] values = new float[network.measures().size()];
        for (int m = 0; m < values.length; m++) {
            values[m] = value(network.measures().get(m));
        }
        return values;
    }

    /// A reading without a value.
    float[] missing() {
        float[] values = new float[network.measures().size()];
        Arrays.fill(values, Float.NaN);
        return values;
    }

    private static float value(Measure measure) {
        Float min = measure.min();
        Float max = measure.max();
        return min == null || max == null ? 12.5f : rounded(min + 0.35f * (max - min));
    }

    /// A forecast with two intervals.
    Forecast forecast() {
        float[] values = steps(0, 0.1f);
        List<Interval> intervals = List.of(
                new Interval(LEVELS.getFirst(), steps(-1, -0.1f), steps(1, 0.3f)),
                new Interval(LEVELS.getLast(), steps(-2, -0.3f), steps(2, 0.5f)));
        int lookback = network.window().lookback();
        return new Forecast(SENSOR, issuedAt(), values, intervals, lookback, lookback, MODEL, ARTEFACT, false);
    }

    /// A forecast without values, for want of readings.
    Forecast abstained() {
        int lookback = network.window().lookback();
        return new Forecast(SENSOR, issuedAt(), new float[0], List.of(), 1, lookback, MODEL, ARTEFACT, false);
    }

    private float[] steps(float from, float slope) {
        float now = reading()[network.targetIndex()];
        float[] steps = new float[network.window().horizon()];
        for (int step = 0; step < steps.length; step++) {
            steps[step] = rounded(now + from + slope * (step + 1));
        }
        return steps;
    }

    private long issuedAt() {
        return TIME - TIME % network.interval().toMillis();
    }

    private static float rounded(float value) {
        return Math.round(100 * value) / 100f;
    }

    /// Two truths for each step, all of them within the intervals.
    AccuracyReport accuracy() {
        Forecast forecast = forecast();
        AccuracySums sums = new AccuracySums(forecast.values().length, LEVELS);
        for (int step = 0; step < sums.horizon(); step++) {
            add(sums, forecast, step, 0.5f);
            add(sums, forecast, step, -0.25f);
        }
        AccuracyReport.Model model =
                new AccuracyReport.Model(MODEL, ARTEFACT, AccuracyReport.Role.CHAMPION, Map.of(Span.START, sums));
        long end = issuedAt() + network.interval().toMillis();
        return new AccuracyReport(network.name(), 0, end, List.of(model));
    }

    /// @param off truth minus forecast
    private static void add(AccuracySums sums, Forecast forecast, int step, float off) {
        float truth = forecast.values()[step] + off;
        sums.add(step, forecast.values()[step], truth + 2 * off, truth - 2, truth);
        for (int level = 0; level < LEVELS.size(); level++) {
            Interval interval = forecast.intervals().get(level);
            sums.intervals().add(level, step, interval.lower()[step], interval.upper()[step], truth);
        }
    }

    /// One sensor that has changed.
    DriftEvent drift() {
        return new DriftEvent(
                network.name(),
                DriftEvent.Scope.SENSOR,
                Set.of(DriftKind.READINGS),
                issuedAt(),
                issuedAt(),
                1,
                325,
                List.of(SENSOR));
    }

    /// The first of the words, in a second of sound.
    KeywordEvent keyword(List<String> words) {
        float[] probabilities = new float[words.size()]; // [word]
        Arrays.fill(probabilities, 0.125f / (words.size() - 1));
        probabilities[0] = 0.875f;
        return new KeywordEvent("microphone", words, probabilities, TIME, TIME + CLIP, MODEL);
    }

    /// Event time of a reading, milliseconds since 1970.
    long time() {
        return TIME;
    }
}
