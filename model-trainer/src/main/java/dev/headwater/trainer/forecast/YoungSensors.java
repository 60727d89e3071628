package dev.headwater.trainer.forecast;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import dev.headwater.forecasting.reading.SeriesSeasonalStates;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.forecasting.seasonal.SeasonalStates.Known;
import dev.headwater.forecasting.window.WindowBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The history as it would be had the sensors begun only some days before: again and again, half of them begin
/// without a state of their own, and borrow what the other half has in common at that time. A model that sees such
/// windows learns how far a young profile can be trusted. Immutable.
final class YoungSensors {

    private static final int LIFE = 21; // days
    private static final int LIVES = 2; // at any time

    private final Series series;
    private final List<Life> lives = new ArrayList<>(); // by row
    private final int every; // rows from one beginning to the next

    /// @param histories `[half]`
    private record Life(int first, SeriesHistory[] histories) {}

    /// @param rows of the training part
    YoungSensors(Series series, int rows) {
        this.series = series;
        int day = series.network().clock().slotsPerDay();
        this.every = LIFE * day / LIVES;
        for (int first = LIFE * day; first < rows; first += every) {
            lives.add(new Life(first, begin(first, Math.min(rows, first + LIFE * day))));
        }
    }

    private SeriesHistory[] begin(int first, int end) {
        SensorNetwork network = series.network();
        SeasonalStates before = SeriesSeasonalStates.after(series, first, SeasonalStates.of(network));
        SeriesHistory[] halves = new SeriesHistory[2];
        for (int half = 0; half < halves.length; half++) {
            SeasonalStates others = SeasonalStates.of(network, before.through(), Known.of(others(before, half)));
            halves[half] = new SeriesHistory(series.head(end).tail(first), others);
        }
        return halves;
    }

    private Map<String, byte[]> others(SeasonalStates before, int half) {
        Map<String, byte[]> others = new HashMap<>();
        for (int s = 0; s < series.sensors().size(); s++) {
            if (s % 2 != half) {
                others.put(
                        series.sensors().get(s), before.newest(series.sensors().get(s)));
            }
        }
        return others;
    }

    /// Makes a batch of one window for each history.
    WindowBatch[] batches() {
        return lives.stream()
                .flatMap(life -> List.of(life.histories).stream())
                .map(history -> new WindowBatch(series.network(), 1, history))
                .toArray(WindowBatch[]::new);
    }

    /// One of the batches, whose sensor is young at a row; null when there is none.
    @Nullable
    WindowBatch at(int sensor, int row, WindowBatch[] batches, RandomGenerator random) {
        int newest = Math.floorDiv(row - LIFE * series.network().clock().slotsPerDay(), every);
        int life = newest - random.nextInt(LIVES);
        return life < 0 || life >= lives.size() ? null : batches[2 * life + sensor % 2];
    }
}
