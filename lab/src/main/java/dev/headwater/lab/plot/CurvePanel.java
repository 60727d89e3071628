package dev.headwater.lab.plot;

/// A figure by epoch, a panel of [CurvePlots].
///
/// @param title      of the y axis, with the unit: `MAE, degC`
/// @param training   value at each epoch; empty when it was not measured
/// @param validation value at each epoch; empty when it was not measured
/// @param baseline   figure of the naive baseline, a dashed line; NaN for none
public record CurvePanel(String title, double[] training, double[] validation, double baseline) {

    /// A panel without a baseline.
    public CurvePanel(String title, double[] training, double[] validation) {
        this(title, training, validation, Double.NaN);
    }
}
