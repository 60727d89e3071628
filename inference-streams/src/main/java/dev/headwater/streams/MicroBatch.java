package dev.headwater.streams;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.network.Network;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.SensorWindow;
import dev.headwater.forecasting.window.WindowBatch;
import java.util.Arrays;
import java.util.function.Supplier;

/// Windows that wait to be forecast together, by one model. Not thread-safe.
///
/// A window is copied when it is added, so what a forecast sees does not depend on when its batch is run.
final class MicroBatch {

    private final Network network;
    private final Supplier<ServedModel> model;
    private final StreamMetrics metrics;
    private final Issuer issuer;
    private final SlotClock clock;
    private final WindowBatch windows;
    private final float[] values; // [window][horizon]
    private long oldestNanos;

    /// Takes the forecasts of a batch, in the order in which their windows were added.
    interface Issuer {

        /// @param slot at which it is issued
        void issue(Forecast forecast, long slot);
    }

    /// @param model   asked anew for each batch
    /// @param size    most windows of a batch
    /// @param history the past beyond the windows
    MicroBatch(
            Network network,
            Supplier<ServedModel> model,
            int size,
            History history,
            StreamMetrics metrics,
            Issuer issuer) {
        this.network = network;
        this.model = model;
        this.metrics = metrics;
        this.issuer = issuer;
        this.clock = network.clock();
        this.windows = new WindowBatch(network, size, history);
        this.values = new float[size * network.window().horizon()];
    }

    /// Adds the window that ends at a slot; a batch that is full then is forecast.
    void add(String sensor, SensorWindow window, long slot) {
        if (windows.count() == 0) {
            oldestNanos = System.nanoTime();
        }
        windows.add(sensor, window, slot);
        if (windows.isFull()) {
            flush();
        }
    }

    /// Forecasts what there is, and hands it to the issuer.
    void flush() {
        if (windows.count() == 0) {
            return;
        }
        ServedModel served = model.get();
        long started = System.nanoTime();
        served.forecaster().forecast(windows, values);
        long ended = System.nanoTime();
        for (int w = 0; w < windows.count(); w++) {
            issuer.issue(forecast(served, w), windows.issuedAt(w));
        }
        metrics.batch(windows.count(), ended - started, System.nanoTime() - oldestNanos);
        windows.clear();
    }

    private Forecast forecast(ServedModel served, int window) {
        String sensor = windows.sensor(window);
        long time = clock.startMillis(windows.issuedAt(window));
        int observed = windows.observed(window);
        int lookback = windows.lookback();
        metrics.window(observed, lookback);
        int horizon = network.window().horizon();
        String name = served.forecaster().name();
        if (network.gap().abstains(observed, lookback)) {
            metrics.abstained();
            return new Forecast(sensor, time, new float[0], null, observed, lookback, name);
        }
        float[] own = Arrays.copyOfRange(values, window * horizon, (window + 1) * horizon); // [horizon]
        return new Forecast(sensor, time, own, served.interval(own), observed, lookback, name);
    }

    /// Forgets the windows.
    void clear() {
        windows.clear();
    }
}
