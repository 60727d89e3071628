package dev.headwater.streams;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.interval.IntervalTable;
import dev.headwater.forecasting.interval.Levels;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.truth.PendingLayout;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.SensorWindow;
import dev.headwater.forecasting.window.WindowBatch;
import dev.headwater.streams.StreamMetrics.Abstention;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/// Windows that wait to be forecast together, by one model. Not thread-safe.
///
/// A window is copied when it is added, so what a forecast sees does not depend on when its batch is run.
final class MicroBatch {

    private static final int MAX_ATTEMPTS = 2; // by the model in service, and by the one before it

    private final SensorNetwork network;
    private final ModelSource model;
    private final ForecastKeeper keeper;
    private final StreamMetrics metrics;
    private final ObjLongConsumer<Forecast> issuer;
    private final SlotClock clock;
    private final WindowBatch windows;
    private final float[] values; // [window][horizon]
    private final Levels levels;
    private final float[] allOffsets; // [window][horizon][level][lower, upper]
    private final float[] offsets; // [horizon][level][lower, upper]
    private float[] shadowValues = {}; // as values; allocated for the first challenger
    private long oldestNanos;

    /// @param model   asked anew for each batch
    /// @param size    maximum number of windows in a batch
    /// @param history what is known beyond the windows
    /// @param keeper  gives forecasts their intervals
    /// @param issuer  takes each forecast of a batch and its slot, in the order of adding
    MicroBatch(
            SensorNetwork network,
            ModelSource model,
            int size,
            History history,
            ForecastKeeper keeper,
            StreamMetrics metrics,
            ObjLongConsumer<Forecast> issuer) {
        this.network = network;
        this.model = model;
        this.keeper = keeper;
        this.metrics = metrics;
        this.issuer = issuer;
        this.clock = network.clock();
        this.windows = new WindowBatch(network, size, history);
        this.values = new float[size * network.window().horizon()];
        this.levels = new PendingLayout(network).levels();
        this.offsets = new float[network.window().horizon() * levels.bounds()];
        this.allOffsets = new float[size * offsets.length];
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

    /// Forecasts the windows added so far, and passes the forecasts to the issuer, one after the other: the
    /// interval of each depends on the truths until its slot.
    void flush() {
        if (windows.count() == 0) {
            return;
        }
        long started = System.nanoTime();
        Computed computed = compute();
        long ended = System.nanoTime();
        ServedModel challenger = computeShadow();
        for (int w = 0; w < windows.count(); w++) {
            metrics.window(windows.observed(w), windows.lookback());
            issuer.accept(forecast(computed, w), windows.issuedAt(w));
            challenger = shadow(challenger, w);
        }
        metrics.batch(windows.count(), ended - started, System.nanoTime() - oldestNanos);
        windows.clear();
    }

    /// What a model made of the batch.
    ///
    /// @param failed true when there are no values
    private record Computed(ServedModel model, boolean failed) {}

    /// Forecasts with the model in service, or with its replacement when it fails. A model that fails must
    /// not end the stream: the same batch would come again after the restart and end it again.
    private Computed compute() {
        ServedModel served = model.get();
        ServedModel failed = null;
        for (int attempt = 0; attempt < MAX_ATTEMPTS && served != failed; attempt++) {
            try {
                served.forecaster().forecast(windows, values);
                computeOffsets(served);
                return new Computed(served, false);
            } catch (RuntimeException e) {
                model.failed(served, e);
                failed = served;
                served = model.get();
            }
        }
        return new Computed(served, true);
    }

    /// Forecasts with the challenger too. One that fails is dropped, and does no harm to the model in service.
    ///
    /// @return null without a challenger
    private @Nullable ServedModel computeShadow() {
        ServedModel challenger = model.challenger();
        if (challenger == null) {
            return null;
        }
        if (shadowValues.length == 0) {
            shadowValues = new float[values.length];
        }
        try {
            challenger.forecaster().forecast(windows, shadowValues);
            return challenger;
        } catch (RuntimeException e) {
            model.challengerFailed(challenger, e);
            return null;
        }
    }

    /// Keeps the challenger's forecast, after that of the model in service.
    ///
    /// @return the challenger; null when there is none any more
    private @Nullable ServedModel shadow(@Nullable ServedModel challenger, int window) {
        if (challenger != null && !isFinite(shadowValues, window)) {
            model.challengerFailed(challenger, new IllegalStateException("its forecast is not finite"));
            return shadow(null, window);
        }
        if (challenger == null) {
            keeper.endShadow();
        } else if (!abstains(window)) {
            computeOffsets(challenger, window, shadowValues);
            keeper.shadow(challenger, windows, window, shadowValues, offsets);
        }
        return challenger;
    }

    private boolean isFinite(float[] all, int window) {
        int horizon = network.window().horizon();
        return abstains(window) || isFinite(all, window * horizon, (window + 1) * horizon);
    }

    private boolean abstains(int window) {
        return network.gap().abstains(windows.observed(window), windows.lookback());
    }

    private void computeOffsets(ServedModel served) {
        for (int w = 0; w < windows.count(); w++) {
            computeOffsets(served, w, values);
            System.arraycopy(offsets, 0, allOffsets, w * offsets.length, offsets.length);
        }
    }

    /// Computes the offsets of one window.
    private void computeOffsets(ServedModel served, int window, float[] forecasts) {
        IntervalTable table = served.intervals(levels);
        if (table == null) {
            Arrays.fill(offsets, Float.NaN);
        } else {
            table.offsets(windows, window, forecasts, offsets);
        }
    }

    private Forecast forecast(Computed computed, int window) {
        long slot = windows.issuedAt(window);
        keeper.settle(windows, window);
        Abstention reason;
        if (abstains(window)) {
            reason = Abstention.GAPS;
        } else if (computed.failed) {
            reason = Abstention.FAILED;
        } else {
            Forecast made = forecast(computed.model, window);
            if (made != null) {
                return made;
            }
            reason = Abstention.NOT_FINITE;
        }
        keeper.abstain(slot);
        metrics.abstained(reason);
        return forecast(computed.model, window, new float[0], List.of());
    }

    /// Null when values or bounds are not finite.
    private @Nullable Forecast forecast(ServedModel served, int window) {
        int horizon = network.window().horizon();
        if (!isFinite(values, window * horizon, (window + 1) * horizon)) {
            return null;
        }
        float[] own = Arrays.copyOfRange(values, window * horizon, (window + 1) * horizon); // [horizon]
        System.arraycopy(allOffsets, window * offsets.length, offsets, 0, offsets.length);
        List<Forecast.Interval> intervals = keeper.keep(served, windows, window, values, offsets);
        return areFinite(intervals) ? forecast(served, window, own, intervals) : null;
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

    private static boolean areFinite(List<Forecast.Interval> intervals) {
        for (Forecast.Interval one : intervals) {
            if (!isFinite(one.lower(), 0, one.lower().length) || !isFinite(one.upper(), 0, one.upper().length)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFinite(float[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Float.isFinite(values[i])) {
                return false;
            }
        }
        return true;
    }
}
