package dev.headwater.forecasting.reading;

import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.forecasting.seasonal.SeasonalView;
import dev.headwater.forecasting.window.History;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A series as the history for forecasters.
public final class SeriesHistory implements History {

    private final Series series;
    private final Map<String, Integer> index = new HashMap<>();
    private final SeasonalStates before;
    private volatile SeasonalView @Nullable [] seasonalStates; // [sensor], computed on first use

    /// A history that begins with the series.
    public SeriesHistory(Series series) {
        this(series, SeasonalStates.of(series.network()));
    }

    /// A history that continues from the seasonal states before the series.
    public SeriesHistory(Series series, SeasonalStates before) {
        this.series = series;
        this.before = before;
        for (int s = 0; s < series.sensors().size(); s++) {
            index.put(series.sensors().get(s), s);
        }
    }

    @Override
    public float target(String sensor, long slot) {
        Integer s = index.get(sensor);
        return s == null ? Float.NaN : target((int) s, slot);
    }

    private float target(int sensor, long slot) {
        long row = slot - series.firstSlot();
        return row < 0 || row >= series.slots() ? Float.NaN : series.target(sensor, (int) row);
    }

    @Override
    public Targets targets(String sensor) {
        Integer s = index.get(sensor);
        if (s == null) {
            return slot -> Float.NaN;
        }
        int known = s;
        return slot -> target(known, slot);
    }

    @Override
    public SeasonalStates before() {
        return before;
    }

    @Override
    public @Nullable SeasonalView seasonalState(String sensor) {
        Integer s = index.get(sensor);
        return s == null || !series.network().features().readsSeasonalState() ? null : seasonalStates()[s];
    }

    private SeasonalView[] seasonalStates() {
        SeasonalView[] played = seasonalStates;
        return played == null ? play() : played;
    }

    private synchronized SeasonalView[] play() {
        SeasonalView[] played = seasonalStates;
        if (played == null) {
            played = IntStream.range(0, series.sensors().size())
                    .parallel()
                    .mapToObj(s -> SeriesSeasonalView.of(series, s, before))
                    .toArray(SeasonalView[]::new);
            seasonalStates = played;
        }
        return played;
    }
}
