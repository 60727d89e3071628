package dev.headwater.forecasting.baseline;

import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.network.WindowSpec;
import java.util.List;

/// The baselines that stand beside every model.
public final class Baselines {

    /// Their names, in the order in which they are printed.
    public static final List<String> NAMES = List.of("persistence", "yesterday", "last-week", "historical-average");

    private Baselines() {}

    /// Those that a history of so many slots has anything to say to: none that looks back beyond its beginning.
    ///
    /// @param mean the target's mean over the training span, for windows in which nothing was observed
    public static List<Forecaster> within(int slots, SensorNetwork network, Climatology climatology, float mean) {
        return all(network, climatology, mean).stream()
                .filter(one -> !(one instanceof SeasonalNaive seasonal) || seasonal.period() < slots)
                .toList();
    }

    /// All of them for a network.
    ///
    /// @param mean the target's mean over the training span, for windows in which nothing was observed
    public static List<Forecaster> all(SensorNetwork network, Climatology climatology, float mean) {
        WindowSpec window = network.window();
        SlotClock clock = network.clock();
        int day = clock.slotsPerDay();
        return List.of(
                new Persistence(window.horizon(), mean),
                new SeasonalNaive("yesterday", window, day, mean),
                new SeasonalNaive("last-week", window, 7 * day, mean),
                new HistoricalAverage(window, climatology, clock));
    }
}
