package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.util.Locale;

/// A range of a target's values, and from it the range that is plausible for a model's forecasts.
///
/// @param low  least value
/// @param high greatest value
public record TargetRange(double low, double high) {

    /// The range is widened by this many times its width on either side. It comes from some of the data, so a valid
    /// forecast may lie somewhat outside; nonsense lies outside by orders of magnitude.
    static final int WIDENED_BY = 3;

    /// Limit for a deviation, in magnitudes of the data. High, because the means of slow or rare changes, of which
    /// format 3 states the range, hardly vary.
    private static final int WIDEST_DEVIATION = 10_000;

    /// The same limit next to sample windows, which show the spread of the data better.
    private static final int BELIEVED_DEVIATION = 10;

    private static final TargetRange NOTHING = new TargetRange(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

    /// The range of a target in the first `rows` rows of a series, which have values of it.
    public static TargetRange of(Series series, int rows) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < series.sensors().size(); s++) {
            for (int row = 0; row < Math.min(rows, series.slots()); row++) {
                float value = series.target(s, row);
                low = value < low ? value : low; // false for NaN
                high = value > high ? value : high;
            }
        }
        return new TargetRange(low, high);
    }

    /// The range of some values; those that are NaN do not count.
    static TargetRange of(float[] values) {
        TargetRange range = NOTHING;
        for (float value : values) {
            range = range.with(value);
        }
        return range;
    }

    /// The range of the data alone, without the scaler.
    static TargetRange ofData(ForecastModel model) {
        SensorNetwork network = model.manifest().network();
        Measure measure = network.targetMeasure();
        TargetRange range =
                model.manifest().range() == null ? NOTHING : model.manifest().range();
        for (SampleWindow sample : model.samples()) {
            for (int at = network.targetIndex();
                    at < sample.values().length;
                    at += network.measures().size()) {
                range = range.with(sample.values()[at]);
            }
        }
        range = measure.min() == null ? range : range.with(measure.min());
        return measure.max() == null ? range : range.with(measure.max());
    }

    /// NaN leaves the range unchanged.
    private TargetRange with(double value) {
        return Double.isNaN(value) ? this : new TargetRange(Math.min(low, value), Math.max(high, value));
    }

    private double width() {
        return high - low;
    }

    /// At least 1: data that do not vary are scaled by 1.
    private double magnitude() {
        return Math.max(1, Math.max(width(), Math.max(Math.abs(low), Math.abs(high))));
    }

    /// The largest plausible deviation in a scaler for these data.
    double mostDeviation() {
        return WIDEST_DEVIATION * magnitude();
    }

    /// The range of a model including its scaler; never empty.
    static TargetRange of(ForecastModel model) {
        TargetRange data = ofData(model);
        Scaler scaler = model.scaler();
        int target = model.manifest().network().targetIndex();
        double deviation = Math.min(scaler.deviation()[target], BELIEVED_DEVIATION * data.magnitude());
        double mean = scaler.mean()[target];
        return data.with(mean - deviation).with(mean + deviation);
    }

    TargetRange widened() {
        double margin = WIDENED_BY * width();
        return new TargetRange(low - margin, high + margin);
    }

    boolean holds(double value) {
        return value >= low && value <= high;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "from %.4g to %.4g", low, high);
    }
}
