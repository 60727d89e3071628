package dev.headwater.benchmarks.drift;

import dev.headwater.forecasting.reading.Series;
import java.util.Arrays;
import java.util.List;

/// A history in which the first half of the sensors reports other values from a row on.
///
/// @param row    first changed row
/// @param factor of the target
record PlantedChange(int row, float factor) {

    /// Whether a sensor changes.
    static boolean isChanged(List<String> sensors, String sensor) {
        return sensors.indexOf(sensor) < sensors.size() / 2;
    }

    /// The history with the change.
    Series in(Series series) {
        int measures = series.network().measures().size();
        int target = series.network().targetIndex();
        float[] reading = new float[measures];
        Series.Builder changed = new Series.Builder(series.network());
        for (int s = 0; s < series.sensors().size(); s++) {
            String sensor = series.sensors().get(s);
            for (int r = 0; r < series.slots(); r++) {
                Arrays.fill(reading, Float.NaN);
                series.copy(s, r, 1, reading, 0);
                if (r >= row && isChanged(series.sensors(), sensor)) {
                    reading[target] *= factor;
                }
                changed.add(sensor, series.firstSlot() + r, reading);
            }
        }
        return changed.build();
    }
}
