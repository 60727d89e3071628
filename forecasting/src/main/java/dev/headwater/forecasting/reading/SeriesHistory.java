package dev.headwater.forecasting.reading;

import dev.headwater.forecasting.window.History;
import java.util.HashMap;
import java.util.Map;

/// A series as the past that forecasters may look back on.
public final class SeriesHistory implements History {

    private final Series series;
    private final Map<String, Integer> index = new HashMap<>();

    public SeriesHistory(Series series) {
        this.series = series;
        for (int s = 0; s < series.sensors().size(); s++) {
            index.put(series.sensors().get(s), s);
        }
    }

    @Override
    public float target(String sensor, long slot) {
        long row = slot - series.firstSlot();
        Integer s = index.get(sensor);
        return s == null || row < 0 || row >= series.slots() ? Float.NaN : series.target(s, (int) row);
    }
}
