package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.Locale;

/// The range of values that is plausible for a model's target according to its artefact: the bounds of the
/// measure, the means of the climatology, the sample windows, and the scaler.
///
/// @param low  least value
/// @param high greatest value
record TargetRange(double low, double high) {

    /// The range is widened by this many times its width on either side. It comes from means and a few windows,
    /// so a valid forecast may lie somewhat outside; nonsense lies outside by orders of magnitude.
    static final int WIDENED_BY = 3;

    /// Limit for a deviation, in magnitudes of the data. High, because climatology means of slow or rare
    /// changes hardly vary.
    private static final int WIDEST_DEVIATION = 10_000;

    /// The same limit where there are sample windows, which show the spread of the data better.
    private static final int BELIEVED_DEVIATION = 10;

    private static final TargetRange NOTHING = new TargetRange(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

    /// The range of the data alone, without the scaler.
    static TargetRange ofData(ForecastModel model) {
        SensorNetwork network = model.manifest().network();
        Measure measure = network.targetMeasure();
        TargetRange range = NOTHING;
        for (float mean : model.climatology().means()) {
            range = range.with(mean);
        }
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
        double most = model.samples().isEmpty() ? Double.MAX_VALUE : BELIEVED_DEVIATION * data.magnitude();
        double deviation = Math.min(scaler.deviation()[target], most);
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
