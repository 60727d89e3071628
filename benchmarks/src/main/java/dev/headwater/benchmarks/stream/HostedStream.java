package dev.headwater.benchmarks.stream;

import dev.headwater.forecasting.artefact.GruForecaster;
import dev.headwater.forecasting.feature.Features;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesSeasonalStates;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.kernels.Seq2SeqShape;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StreamApp;
import dev.headwater.streams.StreamSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One stream that obeys a parent, and nothing else in its process. Its settings must leave it
/// [patient][#patience(int)].
public final class HostedStream {

    /// Asks for the heap in use after full collections, bytes.
    static final String HEAP = "heap";
    /// Gives sensors that are new to the stream full seasonal states: `states FROM TO`.
    static final String STATES = "states";
    /// Gives them empty ones from now on.
    static final String FORGET = "forget";

    /// Partitions of readings and forecasts.
    public static final int PARTITIONS = 4;

    private static final int HIDDEN = 64;
    private static final Duration START_WITHIN = Duration.ofMinutes(10);

    private final SensorNetwork network;
    private volatile ServedModel model;

    /// @param model is given other starting states on command
    public HostedStream(SensorNetwork network, ServedModel model) {
        this.network = network;
        this.model = model;
    }

    /// Settings of Kafka: busy machines and full collections must not end the stream's membership in the middle of
    /// a measurement.
    ///
    /// @param threads stream threads
    public static Map<String, String> patience(int threads) {
        return Map.of(
                "num.stream.threads", Integer.toString(threads),
                "admin.default.api.timeout.ms", "60000",
                "consumer.session.timeout.ms", "60000",
                "producer.transaction.timeout.ms", "60000");
    }

    /// The network that `train` makes for the roads, without embeddings: encoder and decoder of 64 units.
    public static Seq2SeqShape shape(SensorNetwork network) {
        return Features.shape(network, 0, HIDDEN, 0);
    }

    public static Scaler scaler() {
        return new Scaler(new float[] {60}, new float[] {10});
    }

    /// Random weights, always the same.
    public static float[] parameters(SensorNetwork network) {
        return shape(network).initialise(1);
    }

    /// The network that `train` makes for the roads, with random weights.
    public static GruForecaster forecaster(SensorNetwork network) {
        return new GruForecaster("random@1", network, scaler(), List.of(), shape(network), parameters(network));
    }

    /// Runs the stream until the parent ends it. First answers with the seconds from the call of [StreamApp#start]
    /// until it ran.
    public void run(StreamSettings settings) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        try (StreamApp app = StreamApp.start(network, PARTITIONS, () -> model, settings, new SimpleMeterRegistry())) {
            if (!app.awaitRunning(START_WITHIN)) {
                throw new IllegalStateException("the stream did not start within " + START_WITHIN);
            }
            ParentLink.answer(Double.toString((System.nanoTime() - begun) / 1e9));
            ParentLink.obey(Map.of(
                    HEAP,
                    words -> Long.toString(Usage.heap()),
                    STATES,
                    words -> states(Integer.parseInt(words.get(1)), Integer.parseInt(words.get(2))),
                    FORGET,
                    words -> serve(SeasonalStates.of(network))));
        }
    }

    private String states(int from, int to) {
        if (!network.features().readsSeasonalState()) {
            return "0";
        }
        Series history = RoadReadings.history(network, from, to);
        return serve(SeriesSeasonalStates.after(history, history.slots(), SeasonalStates.of(network)));
    }

    private String serve(SeasonalStates states) {
        model = model.with(states);
        return "0";
    }
}
