package dev.headwater.streams;

import dev.headwater.bus.DeadLetterReason;
import dev.headwater.forecasting.window.SensorWindow;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The one owner of the stream's metric names. No sensor is ever a label: their number has no bound.
public final class StreamMetrics {

    /// Readings taken in, by what they did to the window.
    public static final String READINGS = "headwater.readings";
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
    private static final String MODELS_FAILED = "headwater.models.failed";
    private static final String FOLLOW_FAILURES = "headwater.models.follow.failures";
    private static final String FOLLOWING = "headwater.models.following";
    private static final String OBSERVED = "headwater.window.observed";
    private static final String PENDING = "headwater.forecasts.owed";
    private static final String LAG = "headwater.event.time.lag";
    private static final String KAFKA_CONNECTED = "headwater.kafka.connected";
    /// Sensors remembered by an instance.
    public static final String KNOWN = "headwater.sensors.known";
    /// Sensors whose window is full, so that each reading brings a forecast.
    public static final String READY = "headwater.sensors.ready";
    private static final String SILENT = "headwater.sensors.silent";
    private static final String KEYWORDS = "headwater.keywords";
    private static final String KEYWORDS_ABSTAINED = "headwater.keywords.abstained";
    private static final String CLASSIFICATION = "headwater.classification";
    private static final String WORD = "word";
    private static final String REASON = "reason";
    private static final String NETWORK = "network";
    private static final String MODEL = "model";
    private static final String ARRIVAL = "arrival";

    private static final double[] BATCH_BUCKETS = {1, 4, 16, 64, 256, 1024, 4096}; // windows
    private static final double[] SHARE_BUCKETS = {0.25, 0.5, 0.75, 0.9, 1}; // of observed slots
    // 100 us for one window to 10 s for a service that no longer keeps up.
    private static final Duration[] TIME_BUCKETS = Stream.of(
                    0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1_000.0, 2_500.0, 10_000.0)
            .map(millis -> Duration.ofNanos(Math.round(millis * 1e6)))
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final String network;
    private final Map<SensorWindow.Arrival, Counter> readings = new EnumMap<>(SensorWindow.Arrival.class);
    private final Map<DeadLetterReason, Counter> deadLetters = new EnumMap<>(DeadLetterReason.class);
    private final Counter forecasts;
    private final Map<Abstention, Counter> abstained = new EnumMap<>(Abstention.class);
    private final Counter redelivered;
    private final DistributionSummary batchWindows;
    private final Timer inference;
    private final Timer latency;
    private final DistributionSummary observed;

    public StreamMetrics(MeterRegistry registry, String network) {
        this.registry = registry;
        this.network = network;
        for (SensorWindow.Arrival arrival : SensorWindow.Arrival.values()) {
            readings.put(
                    arrival,
                    Counter.builder(READINGS)
                            .description("Readings taken in, by what they did to the window")
                            .tag(NETWORK, network)
                            .tag(ARRIVAL, label(arrival))
                            .register(registry));
        }
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            deadLetters.put(
                    reason,
                    Counter.builder(DEAD_LETTERS)
                            .description("Records sent to the dead-letter topic, by reason")
                            .tag(NETWORK, network)
                            .tag(REASON, reason.code())
                            .register(registry));
        }
        forecasts = counter(registry, network, FORECASTS, "Forecasts issued");
        for (Abstention reason : Abstention.values()) {
            abstained.put(
                    reason,
                    Counter.builder(ABSTAINED)
                            .description("Windows without a forecast, by reason")
                            .tag(NETWORK, network)
                            .tag(REASON, reason.label)
                            .register(registry));
        }
        redelivered = counter(registry, network, REDELIVERED, "Readings delivered again after a crash");
        batchWindows = distribution(BATCH_WINDOWS, null, "Windows forecast together", BATCH_BUCKETS);
        observed = distribution(OBSERVED, "ratio", "Share of a forecast's window that was observed", SHARE_BUCKETS);
        inference = timer(INFERENCE, "Time to forecast one batch");
        latency = timer(LATENCY, "Time from taking in a reading to issuing its forecast, oldest of a batch");
    }

    private DistributionSummary distribution(String name, @Nullable String unit, String description, double[] buckets) {
        return DistributionSummary.builder(name)
                .baseUnit(unit)
                .description(description)
                .tag(NETWORK, network)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .tag(NETWORK, network)
                .serviceLevelObjectives(TIME_BUCKETS)
                .register(registry);
    }

    /// Registers what is looked up when it is asked for.
    void watch(SensorCensus census) {
        gauge(KNOWN, "Sensors remembered by this instance", census, SensorCensus::known)
                .register(registry);
        gauge(READY, "Sensors with a full window", census, SensorCensus::ready).register(registry);
        gauge(
                        SILENT,
                        "Sensors whose newest reading lies too far behind what the others have reached",
                        census,
                        SensorCensus::silent)
                .register(registry);
        gauge(
                        PENDING,
                        "Forecasts whose reading was taken in and which are not yet issued",
                        census,
                        SensorCensus::pending)
                .register(registry);
        gauge(LAG, "Clock minus the event time that the sensors have reached", census, this::lagSeconds)
                .baseUnit("seconds")
                .register(registry);
    }

    /// Registers whether Kafka answers, apart from the stream: it is asked before there is one.
    static void watch(MeterRegistry registry, String network, KafkaPulse pulse) {
        Gauge.builder(KAFKA_CONNECTED, pulse, asked -> asked.isConnected() ? 1 : 0)
                .description("1 while Kafka answers, 0 once it has not for " + KafkaPulse.LOST_AFTER.toSeconds() + " s")
                .tag(NETWORK, network)
                .strongReference(true)
                .register(registry);
    }

    private Gauge.Builder<SensorCensus> gauge(
            String name, String description, SensorCensus census, ToDoubleFunction<SensorCensus> value) {
        return Gauge.builder(name, census, value)
                .description(description)
                .tag(NETWORK, network)
                .strongReference(true);
    }

    private double lagSeconds(SensorCensus census) {
        long reached = census.reached();
        return reached == SensorCensus.NOTHING
                ? Double.NaN
                : (registry.config().clock().wallTime() - reached) / 1e3;
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

    void deadLetter(DeadLetterReason reason) {
        Counter counter = deadLetters.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    /// A window was forecast from.
    ///
    /// @param observedSlots slots of the target that had a value
    /// @param lookback      slots of the window
    void window(int observedSlots, int lookback) {
        observed.record((double) observedSlots / lookback);
    }

    void redelivered() {
        redelivered.increment();
    }

    /// Why a window got no forecast.
    enum Abstention {
        /// Too few of its slots were observed.
        GAPS("gaps"),
        /// The model gave something else than numbers.
        NOT_FINITE("not-finite"),
        /// The model failed, and there was none before it.
        FAILED("failed");

        private final String label;

        Abstention(String label) {
            this.label = label;
        }
    }

    void abstained(Abstention reason) {
        Counter counter = abstained.get(reason);
        if (counter != null) {
            counter.increment();
        }
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

    /// Registers what is told of the words of a network with sound.
    Keywords keywords(List<String> words) {
        return new Keywords(this, words);
    }

    /// What is told of words heard. Words are a label: the network lists them.
    static final class Keywords {

        private final Map<String, Counter> heard = new HashMap<>();
        private final Counter abstained;
        private final Timer classification;

        private Keywords(StreamMetrics metrics, List<String> words) {
            for (String word : words) {
                heard.put(
                        word,
                        Counter.builder(KEYWORDS)
                                .description("Words heard")
                                .tag(NETWORK, metrics.network)
                                .tag(WORD, word)
                                .register(metrics.registry));
            }
            abstained =
                    counter(metrics.registry, metrics.network, KEYWORDS_ABSTAINED, "Clips too empty to be listened to");
            classification = metrics.timer(CLASSIFICATION, "Time to classify one clip");
        }

        void heard(String word) {
            Counter counter = heard.get(word);
            if (counter != null) {
                counter.increment();
            }
        }

        void abstained() {
            abstained.increment();
        }

        void classified(long nanos) {
            classification.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    /// What is told of the models of a stream, apart from the stream: they come before it.
    static final class Models {

        private final MultiGauge info;
        private final Counter taken;
        private final Counter refused;
        private final Counter failed;
        private final Counter followFailures;
        private final MeterRegistry registry;
        private final String network;

        Models(MeterRegistry registry, String network) {
            this.registry = registry;
            this.network = network;
            info = MultiGauge.builder(MODEL_INFO)
                    .description("1 for the model in service")
                    .tag(NETWORK, network)
                    .register(registry);
            taken = counter(registry, network, MODELS_TAKEN, "Models taken into service");
            refused = counter(
                    registry,
                    network,
                    MODELS_REFUSED,
                    "Models on the bus that are damaged, do not fit or are nonsense");
            failed = counter(registry, network, MODELS_FAILED, "Batches that a model in service could not forecast");
            followFailures =
                    counter(registry, network, FOLLOW_FAILURES, "Times that following the models topic failed");
        }

        /// The only model in service from now on: the label of the one before goes away.
        void serving(String model) {
            info.register(List.of(MultiGauge.Row.of(Tags.of(MODEL, model), 1)), true);
            taken.increment();
        }

        void refused() {
            refused.increment();
        }

        void failed() {
            failed.increment();
        }

        void followFailed() {
            followFailures.increment();
        }

        /// Registers what is looked up when it is asked for.
        void watch(ModelFollower follower) {
            Gauge.builder(FOLLOWING, follower, one -> one.isFollowing() ? 1 : 0)
                    .description("1 while the models topic is followed, 0 when that fails again and again")
                    .tag(NETWORK, network)
                    .strongReference(true)
                    .register(registry);
        }
    }
}
