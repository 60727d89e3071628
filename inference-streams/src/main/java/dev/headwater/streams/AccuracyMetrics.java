package dev.headwater.streams;

import dev.headwater.forecasting.accuracy.AccuracySums;
import dev.headwater.forecasting.accuracy.Scored;
import dev.headwater.forecasting.accuracy.Span;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.interval.Levels;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/// Registers the gauges of live accuracy, of a quarter, half and all of the horizon, with the labels `lead`
/// (minutes) and `span`.
///
/// @param board what they read
record AccuracyMetrics(Meters meters, SensorNetwork network, AccuracyBoard board) {

    private static final String LEAD = "lead";
    private static final String SPAN = "span";
    private static final String BASELINE = "baseline";
    private static final String LEVEL = "level";

    void register(Levels levels) {
        int[] steps = ErrorTable.shownSteps(network.window().horizon());
        for (int step : Arrays.stream(steps).distinct().toArray()) {
            for (Span span : Span.values()) {
                Place place = new Place(step - 1, lead(step), span);
                registerErrors(place);
                for (int level = 0; level < levels.count(); level++) {
                    registerIntervals(
                            place, level, Double.toString(levels.values().get(level)));
                }
            }
        }
    }

    /// Where figures belong.
    ///
    /// @param step 0 = the first
    /// @param lead its minutes
    private record Place(int step, String lead, Span span) {}

    private String lead(int step) {
        double minutes = network.minutes(step);
        return minutes == Math.rint(minutes) ? Long.toString((long) minutes) : Double.toString(minutes);
    }

    private void registerErrors(Place place) {
        int step = place.step;
        gauge(
                "headwater.interval.crps",
                "Mean continuous ranked probability score of the intervals, unit of the target",
                place,
                sums -> sums.crps(step));
        gauge(
                "headwater.accuracy.truths",
                "Truths that the forecasts were compared with",
                place,
                sums -> sums.errors(Scored.MODEL).count(step));
        for (Scored whose : Scored.values()) {
            String[] label = {BASELINE, whose.word()};
            gauge(
                    "headwater.accuracy.mae",
                    "Mean absolute error, unit of the target",
                    place,
                    sums -> sums.errors(whose).mae(step),
                    label);
            gauge(
                    "headwater.accuracy.rmse",
                    "Root mean squared error, unit of the target",
                    place,
                    sums -> sums.errors(whose).rmse(step),
                    label);
            gauge(
                    "headwater.accuracy.mape",
                    "Mean absolute percentage error, per cent",
                    place,
                    sums -> sums.errors(whose).mape(step),
                    label);
            gauge(
                    "headwater.accuracy.bias",
                    "Mean of forecast minus truth, unit of the target",
                    place,
                    sums -> sums.errors(whose).bias(step),
                    label);
        }
    }

    private void registerIntervals(Place place, int level, String word) {
        int step = place.step;
        gauge(
                "headwater.interval.coverage",
                "Share of truths inside the interval",
                place,
                sums -> sums.intervals().coverage(level, step),
                LEVEL,
                word);
        gauge(
                "headwater.interval.width",
                "Mean width of the interval, unit of the target",
                place,
                sums -> sums.intervals().width(level, step),
                LEVEL,
                word);
        gauge(
                "headwater.interval.winkler",
                "Mean Winkler score of the interval, unit of the target",
                place,
                sums -> sums.intervals().winkler(level, step),
                LEVEL,
                word);
    }

    private void gauge(
            String name, String description, Place place, ToDoubleFunction<AccuracySums> figure, String... label) {
        String[] tags = Arrays.copyOf(label, label.length + 4);
        tags[label.length] = LEAD;
        tags[label.length + 1] = place.lead;
        tags[label.length + 2] = SPAN;
        tags[label.length + 3] = place.span.word();
        meters.gauge(name, description, board, of -> of.figure(place.span, figure), tags);
    }
}
