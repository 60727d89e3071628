package dev.headwater.streams;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.SensorWindow;
import dev.headwater.forecasting.window.WindowBatch;
import dev.headwater.streams.StreamMetrics.Abstention;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjLongConsumer;
import java.util.stream.IntStream;

/// Windows that wait to be forecast together, by one model. Not thread-safe.
///
/// A window is copied when it is added, so what a forecast sees does not depend on when its batch is run.
final class MicroBatch {

    private static final int MAX_ATTEMPTS = 2; // by the model in service, and by the one before it

    private final SensorNetwork network;
    private final ModelSource model;
    private final StreamMetrics metrics;
    private final ObjLongConsumer<Forecast> issuer;
    private final SlotClock clock;
    private final WindowBatch windows;
    private final float[] values; // [window][horizon]
    private long oldestNanos;

    /// @param model   asked anew for each batch
    /// @param size    maximum number of windows in a batch
    /// @param history what is known beyond the windows
    /// @param issuer  takes each forecast of a batch and its slot, in the order of adding
    MicroBatch(
            SensorNetwork network,
            ModelSource model,
            int size,
            History history,
            StreamMetrics metrics,
            ObjLongConsumer<Forecast> issuer) {
        this.network = network;
        this.model = model;
        this.metrics = metrics;
        this.issuer = issuer;
        this.clock = network.clock();
        this.windows = new WindowBatch(network, size, history);
        this.values = new float[size * network.window().horizon()];
    }

    /// Adds the window that ends at a slot, and forecasts the batch when it is full.
    void add(String sensor, SensorWindow window, long slot) {
        if (windows.count() == 0) {
            oldestNanos = System.nanoTime();
        }
        windows.add(sensor, window, slot);
        if (windows.isFull()) {
            flush();
        }
    }

    /// Forecasts the windows added so far, and passes the forecasts to the issuer.
    void flush() {
        if (windows.count() == 0) {
            return;
        }
        long started = System.nanoTime();
        List<Forecast> made = forecasts();
        long ended = System.nanoTime();
        for (int w = 0; w < windows.count(); w++) {
            metrics.window(windows.observed(w), windows.lookback());
            issuer.accept(made.get(w), windows.issuedAt(w));
        }
        metrics.batch(windows.count(), ended - started, System.nanoTime() - oldestNanos);
        windows.clear();
    }

    /// Forecasts with the model in service, or with its replacement when it fails. A model that fails must not
    /// end the stream: the same batch would come again after the restart and end it again.
    private List<Forecast> forecasts() {
        ServedModel served = model.get();
        ServedModel failed = null;
        for (int attempt = 0; attempt < MAX_ATTEMPTS && served != failed; attempt++) {
            try {
                served.forecaster().forecast(windows, values);
                return forecasts(served, false);
            } catch (RuntimeException e) {
                model.failed(served, e);
                failed = served;
                served = model.get();
            }
        }
        return forecasts(served, true);
    }

    private List<Forecast> forecasts(ServedModel served, boolean failed) {
        List<Forecast> made = new ArrayList<>(windows.count());
        List<Abstention> abstentions = new ArrayList<>();
        for (int w = 0; w < windows.count(); w++) {
            if (network.gap().abstains(windows.observed(w), windows.lookback())) {
                made.add(abstain(served, w, Abstention.GAPS, abstentions));
            } else if (failed) {
                made.add(abstain(served, w, Abstention.FAILED, abstentions));
            } else {
                made.add(forecast(served, w, abstentions));
            }
        }
        abstentions.forEach(metrics::abstained); // counted once the model can no longer fail
        return made;
    }

    private Forecast forecast(ServedModel served, int window, List<Abstention> abstentions) {
        int horizon = network.window().horizon();
        float[] own = Arrays.copyOfRange(values, window * horizon, (window + 1) * horizon); // [horizon]
        List<Forecast.Interval> intervals = served.intervals(own);
        boolean good =
                isFinite(own) && intervals.stream().allMatch(one -> isFinite(one.lower()) && isFinite(one.upper()));
        return good
                ? forecast(served, window, own, intervals)
                : abstain(served, window, Abstention.NOT_FINITE, abstentions);
    }

    private Forecast abstain(ServedModel served, int window, Abstention reason, List<Abstention> abstentions) {
        abstentions.add(reason);
        return forecast(served, window, new float[0], List.of());
    }

    private Forecast forecast(ServedModel served, int window, float[] own, List<Forecast.Interval> intervals) {
        long time = clock.startMillis(windows.issuedAt(window));
        return new Forecast(
                windows.sensor(window),
                time,
                own,
                intervals,
                windows.observed(window),
                windows.lookback(),
                served.id(),
                served.artefact(),
                windows.borrows(window));
    }

    private static boolean isFinite(float[] values) {
        return IntStream.range(0, values.length).allMatch(i -> Float.isFinite(values[i]));
    }
}
