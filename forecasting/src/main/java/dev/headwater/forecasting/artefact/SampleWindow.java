package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A window from a model's own history, for a trial forecast when the model is loaded.
///
/// @param sensor   the window's sensor
/// @param issuedAt the window's newest slot
/// @param values   `[lookback][measure]`, oldest first, NaN = missing
public record SampleWindow(String sensor, long issuedAt, float[] values) {

    private static final int MAX = 8;
    private static final int MAX_VALUES = 1 << 16; // of all samples together, unless one alone has more

    /// Jackson passes null for a component that is missing in the artefact, and reports the exception thrown here.
    public SampleWindow {
        Objects.requireNonNull(sensor, "sensor");
        Objects.requireNonNull(values, "values");
    }

    /// Some windows of a series, spread over a span and over the sensors.
    ///
    /// @param firstRow first row of the first window
    /// @param windows  number of windows per sensor in the span, each starting one row after the previous
    public static List<SampleWindow> of(Series series, int firstRow, int windows) {
        SensorNetwork network = series.network();
        int length = network.window().lookback() * network.measures().size();
        int samples = Math.min(windows, Math.clamp(MAX_VALUES / length, 1, MAX));
        List<SampleWindow> found = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            int sensor = (int) ((long) i * series.sensors().size() / samples);
            int row = firstRow + (int) ((long) i * windows / samples);
            float[] values = new float[length];
            series.sample(
                    sensor, row, network.window().lookback(), network.window().stride(), values, 0);
            long end = series.firstSlot() + row + network.window().span() - 1;
            found.add(new SampleWindow(series.sensors().get(sensor), end, values));
        }
        return List.copyOf(found);
    }
}
