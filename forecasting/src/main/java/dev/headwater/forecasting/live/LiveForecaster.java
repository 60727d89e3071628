package dev.headwater.forecasting.live;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.GruForecaster;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.seasonal.SeasonalState;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.forecasting.seasonal.SeasonalView;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.SensorWindow;
import dev.headwater.forecasting.window.WindowBatch;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Forecasts of sensors whose readings are pushed in, in one's own process. It keeps a window and a seasonal
/// state per sensor, as the stream does, and makes the same forecasts from the same readings in order.
///
/// In contrast to the stream, the forecasts have no intervals, since those learn from later truths; the state
/// is lost with the process, and no sensor is ever forgotten: with a seasonal state each takes some kilobytes.
/// Not thread-safe: one instance per thread, each with its own sensors.
public final class LiveForecaster {

    private final SensorNetwork network;
    private final SlotClock clock;
    private final Forecaster forecaster;
    private final SeasonalStates starting;
    private final Map<String, Sensor> sensors = new HashMap<>();
    private final WindowBatch batch;

    /// A sensor's state.
    ///
    /// @param seasonal null when the network's forecasts do not depend on it
    private record Sensor(SensorWindow window, @Nullable SeasonalState seasonal) {}

    private final class Memory implements History {

        @Override
        public float target(String id, long slot) {
            Sensor sensor = sensors.get(id);
            return sensor == null ? Float.NaN : sensor.window.value(slot, network.targetIndex());
        }

        @Override
        public SeasonalStates before() {
            return starting;
        }

        @Override
        public @Nullable SeasonalView seasonalState(String id) {
            Sensor sensor = sensors.get(id);
            return sensor == null ? null : sensor.seasonal;
        }
    }

    /// Forecasts with a trained model; its sensors start from the seasonal states in it.
    public static LiveForecaster of(ForecastModel model) {
        return new LiveForecaster(model.manifest().network(), GruForecaster.of(model), model.seasonalStates());
    }

    /// Forecasts with any forecaster.
    ///
    /// @param forecaster its horizon must be that of the network
    /// @param starting   seasonal states that sensors start from; [SeasonalStates#of(SensorNetwork)] for none
    public LiveForecaster(SensorNetwork network, Forecaster forecaster, SeasonalStates starting) {
        int horizon = network.window().horizon();
        if (forecaster.horizon() != horizon) {
            throw new IllegalArgumentException("forecaster " + forecaster.name() + ": its horizon must be " + horizon
                    + ", that of network " + network.name() + ", found " + forecaster.horizon());
        }
        this.network = network;
        this.clock = network.clock();
        this.forecaster = forecaster;
        this.starting = starting;
        this.batch = forecaster.readsSeasonalState()
                ? new WindowBatch(network, 1, new Memory())
                : WindowBatch.withoutSeasonalState(network, 1, new Memory());
    }

    /// Takes a reading. The first one in a slot that is newer than all before makes a forecast, once the
    /// sensor's readings span a window; a second one in the slot, or an older one, only corrects the window.
    ///
    /// @param time   of the reading
    /// @param values in the order of the network's measures, NaN = missing; copied
    /// @return empty when the reading makes no forecast; a forecast without values when too few slots of the
    ///         window were observed
    /// @throws InvalidInputException when the number of values is not that of the measures, or one is infinite
    public Optional<Forecast> push(String sensor, Instant time, float... values) {
        requireValues(sensor, values);
        long slot = clock.slotOf(time.toEpochMilli());
        Sensor state = sensors.computeIfAbsent(sensor, id -> begin(id, slot));
        if (state.seasonal != null) {
            state.seasonal.add(slot, values[network.targetIndex()]);
        }
        boolean opened = state.window.add(slot, values) == SensorWindow.Arrival.ADVANCED;
        return opened && state.window.covers(slot, network.window().span())
                ? Optional.of(forecast(sensor, state.window, slot))
                : Optional.empty();
    }

    private void requireValues(String sensor, float[] values) {
        int measures = network.measures().size();
        if (values.length != measures) {
            throw new InvalidInputException("sensor " + sensor + ": must have " + measures + " values, those of "
                    + network.measures() + ", found " + values.length);
        }
        for (float value : values) {
            if (Float.isInfinite(value)) {
                throw new InvalidInputException("sensor " + sensor + ": values must be finite or NaN, found " + value);
            }
        }
    }

    private Sensor begin(String sensor, long slot) {
        SensorWindow window =
                new SensorWindow(network.measures().size(), network.window().span());
        return new Sensor(window, batch.hasSeasonal() ? starting.view().on(starting.start(sensor, slot)) : null);
    }

    private Forecast forecast(String sensor, SensorWindow window, long slot) {
        batch.clear();
        batch.add(sensor, window, slot);
        int observed = batch.observed(0);
        int lookback = batch.lookback();
        float[] values = new float[network.gap().abstains(observed, lookback) ? 0 : forecaster.horizon()];
        if (values.length > 0) {
            forecaster.forecast(batch, values);
        }
        return new Forecast(
                sensor,
                clock.startMillis(slot),
                values,
                List.of(),
                observed,
                lookback,
                forecaster.name(),
                "",
                batch.borrows(0));
    }
}
