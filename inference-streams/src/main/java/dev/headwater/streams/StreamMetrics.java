package dev.headwater.streams;

import dev.headwater.forecasting.window.SensorWindow;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The one owner of the stream's metric names. No sensor is ever a label: their number has no bound.
public final class StreamMetrics {

    private static final String READINGS = "headwater.readings";
    private static final String DEAD_LETTERS = "headwater.dead.letters";
    private static final String FORECASTS = "headwater.forecasts";
    private static final String ABSTAINED = "headwater.forecasts.abstained";
    private static final String REDELIVERED = "headwater.readings.redelivered";
    private static final String BATCH_WINDOWS = "headwater.batch.windows";
    private static final String INFERENCE = "headwater.inference";
    private static final String LATENCY = "headwater.latency";
    private static final String MODEL_INFO = "headwater.model.info";
    private static final String MODELS_TAKEN = "headwater.models.taken";
    private static final String MODELS_REFUSED = "headwater.models.refused";
    private static final String NETWORK = "network";
    private static final String MODEL = "model";
    private static final String ARRIVAL = "arrival";

    private final Map<SensorWindow.Arrival, Counter> readings = new EnumMap<>(SensorWindow.Arrival.class);
    private final Counter deadLetters;
    private final Counter forecasts;
    private final Counter abstained;
    private final Counter redelivered;
    private final DistributionSummary batchWindows;
    private final Timer inference;
    private final Timer latency;

    public StreamMetrics(MeterRegistry registry, String network) {
        for (SensorWindow.Arrival arrival : SensorWindow.Arrival.values()) {
            readings.put(
                    arrival,
                    Counter.builder(READINGS)
                            .description("Readings taken in, by what they did to the window")
                            .tag(NETWORK, network)
                            .tag(ARRIVAL, label(arrival))
                            .register(registry));
        }
        deadLetters = counter(registry, network, DEAD_LETTERS, "Records sent to the dead-letter topic");
        forecasts = counter(registry, network, FORECASTS, "Forecasts issued");
        abstained = counter(registry, network, ABSTAINED, "Windows too empty for a forecast");
        redelivered = counter(registry, network, REDELIVERED, "Readings delivered again after a crash");
        batchWindows = DistributionSummary.builder(BATCH_WINDOWS)
                .description("Windows forecast together")
                .tag(NETWORK, network)
                .register(registry);
        inference = Timer.builder(INFERENCE)
                .description("Time to forecast one batch")
                .tag(NETWORK, network)
                .register(registry);
        latency = Timer.builder(LATENCY)
                .description("Time from taking in a reading to issuing its forecast, oldest of a batch")
                .tag(NETWORK, network)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String network, String name, String description) {
        return Counter.builder(name)
                .description(description)
                .tag(NETWORK, network)
                .register(registry);
    }

    private static String label(SensorWindow.Arrival arrival) {
        return switch (arrival) {
            case ADVANCED -> "advanced";
            case FILLED -> "filled";
            case DUPLICATE -> "duplicate";
            case LATE -> "late";
        };
    }

    void reading(SensorWindow.Arrival arrival) {
        Counter counter = readings.get(arrival);
        if (counter != null) {
            counter.increment();
        }
    }

    void deadLetter() {
        deadLetters.increment();
    }

    void redelivered() {
        redelivered.increment();
    }

    void abstained() {
        abstained.increment();
    }

    /// A batch was forecast.
    ///
    /// @param windows      windows in it
    /// @param computeNanos time in the forecaster
    /// @param waitedNanos  time since the oldest of its readings was taken in
    void batch(int windows, long computeNanos, long waitedNanos) {
        forecasts.increment(windows);
        batchWindows.record(windows);
        inference.record(computeNanos, TimeUnit.NANOSECONDS);
        latency.record(waitedNanos, TimeUnit.NANOSECONDS);
    }

    /// What is told of the models of a stream, apart from the stream: they come before it.
    static final class Models {

        private final MultiGauge info;
        private final Counter taken;
        private final Counter refused;

        Models(MeterRegistry registry, String network) {
            info = MultiGauge.builder(MODEL_INFO)
                    .description("1 for the model in service")
                    .tag(NETWORK, network)
                    .register(registry);
            taken = counter(registry, network, MODELS_TAKEN, "Models taken into service");
            refused = counter(registry, network, MODELS_REFUSED, "Models on the bus that are damaged or do not fit");
        }

        /// The only model in service from now on: the label of the one before goes away.
        void serving(String model) {
            info.register(List.of(MultiGauge.Row.of(Tags.of(MODEL, model), 1)), true);
            taken.increment();
        }

        void refused() {
            refused.increment();
        }
    }
}
