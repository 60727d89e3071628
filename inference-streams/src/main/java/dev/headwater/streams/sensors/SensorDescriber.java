package dev.headwater.streams.sensors;

import dev.headwater.forecasting.drift.DriftDetector;
import dev.headwater.forecasting.interval.Levels;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.truth.PendingForecasts;
import dev.headwater.forecasting.truth.PendingLayout;
import dev.headwater.forecasting.window.SensorWindow;
import dev.headwater.streams.state.SensorState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Describes the states of a network's sensors. What it returns holds none of the states' bytes.
public final class SensorDescriber {

    private static final double MILLIS = 1000;

    private final SensorNetwork network;
    private final SlotClock clock;
    private final WindowSpec spec;
    private final Levels levels;

    public SensorDescriber(SensorNetwork network) {
        this.network = network;
        this.clock = network.clock();
        this.spec = network.window();
        this.levels = new PendingLayout(network).levels();
    }

    SensorSummary summary(SensorState state) {
        SensorWindow window = state.window();
        DriftDetector drift = state.drift();
        return new SensorSummary(
                state.sensor(),
                Instant.ofEpochMilli(state.newestTime(clock)).toString(),
                window.covers(window.newest(), spec.span()),
                state.pendingCount(),
                drift != null && drift.isDrifting(),
                RecentError.of(state.scores(), levels));
    }

    /// @param instance `host:port` of this instance; null when other instances cannot reach it
    public SensorDetail detail(SensorState state, @Nullable String instance) {
        return new SensorDetail(
                network.name(), instance, summary(state), window(state.window()), forecast(state.pendingForecasts()));
    }

    private SensorDetail.@Nullable LastForecast forecast(@Nullable PendingForecasts kept) {
        float[] values = new float[spec.horizon()];
        float[] bounds = new float[spec.horizon() * levels.bounds()]; // [step][level][lower, upper]
        if (kept == null || !kept.read(kept.through(), values, bounds)) {
            return null;
        }
        List<SensorDetail.Bounds> intervals = new ArrayList<>();
        for (int level = 0; level < levels.count(); level++) {
            if (!Float.isNaN(bounds[2 * level])) {
                intervals.add(new SensorDetail.Bounds(
                        levels.values().get(level),
                        column(bounds, 2 * level, levels.bounds()),
                        column(bounds, 2 * level + 1, levels.bounds())));
            }
        }
        return new SensorDetail.LastForecast(
                clock.start(kept.through()).toString(), seconds(spec.horizonStride()), column(values, 0, 1), intervals);
    }

    private double seconds(int slots) {
        return slots * network.interval().toMillis() / MILLIS;
    }

    private SensorDetail.Window window(SensorWindow window) {
        int measures = network.measures().size();
        float[] values = new float[spec.lookback() * measures]; // [sample][measure]
        window.copy(window.newest(), spec.lookback(), spec.stride(), values, 0);
        Map<String, List<@Nullable Float>> byMeasure = new LinkedHashMap<>();
        for (int m = 0; m < measures; m++) {
            byMeasure.put(network.measures().get(m).name(), column(values, m, measures));
        }
        long from = window.newest() - (spec.lookback() - 1L) * spec.stride();
        return new SensorDetail.Window(clock.start(from).toString(), seconds(spec.stride()), byMeasure);
    }

    private static List<@Nullable Float> column(float[] values, int measure, int measures) {
        List<@Nullable Float> column = new ArrayList<>(values.length / measures);
        for (int i = measure; i < values.length; i += measures) {
            column.add(Float.isNaN(values[i]) ? null : values[i]);
        }
        return column;
    }
}
