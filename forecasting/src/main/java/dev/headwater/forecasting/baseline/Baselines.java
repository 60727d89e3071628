package dev.headwater.forecasting.baseline;

import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.network.WindowSpec;
import java.util.List;

/// The baselines that every model is compared with.
public final class Baselines {

    /// Names in print order.
    public static final List<String> NAMES = List.of("persistence", "yesterday", "last-week", "historical-average");

    private Baselines() {}

    /// The baselines for a history of `slots` slots: without those whose period reaches back beyond its beginning.
    ///
    /// @param mean the target's mean over the training part, for windows without an observation
    public static List<Forecaster> within(int slots, SensorNetwork network, Climatology climatology, float mean) {
        return all(network, climatology, mean).stream()
                .filter(one -> !(one instanceof SeasonalNaive seasonal) || seasonal.period() < slots)
                .toList();
    }

    /// All baselines of a network.
    ///
    /// @param mean the target's mean over the training part, for windows without an observation
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
