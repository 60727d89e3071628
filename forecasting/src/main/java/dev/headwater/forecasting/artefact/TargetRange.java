package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.Locale;

/// Where values of a model's target may lie, by all that the artefact says of them: the bounds of the measure, the
/// means of the climatology, the sample windows, and the scaler.
///
/// @param low  least value
/// @param high greatest value
record TargetRange(double low, double high) {

    /// Widths by which a range is widened on either side. A range is made of means and a few windows, so a sound
    /// forecast may lie somewhat outside; nonsense lies outside by powers of ten.
    static final int WIDENED_BY = 3;

    /// A deviation may be so many times the magnitude of what the data say: means of slow or rare changes hardly vary.
    private static final int WIDEST_DEVIATION = 10_000;

    /// So many times the magnitude are believed where there are sample windows to know better.
    private static final int BELIEVED_DEVIATION = 10;

    private static final TargetRange NOTHING = new TargetRange(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

    /// What the data say, without the scaler.
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

    /// NaN changes nothing.
    private TargetRange with(double value) {
        return Double.isNaN(value) ? this : new TargetRange(Math.min(low, value), Math.max(high, value));
    }

    private double width() {
        return high - low;
    }

    /// Data that do not vary are scaled by 1.
    private double magnitude() {
        return Math.max(1, Math.max(width(), Math.max(Math.abs(low), Math.abs(high))));
    }

    /// The greatest deviation that a scaler of such data can have.
    double mostDeviation() {
        return WIDEST_DEVIATION * magnitude();
    }

    /// The range of a model, its scaler included: it is never empty.
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
