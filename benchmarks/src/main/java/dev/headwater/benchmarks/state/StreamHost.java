package dev.headwater.benchmarks.state;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.Limits;
import dev.headwater.forecasting.artefact.GruForecaster;
import dev.headwater.forecasting.feature.Features;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesSeasonalStates;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.kernels.Seq2SeqShape;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StatePolicy;
import dev.headwater.streams.StreamApp;
import dev.headwater.streams.StreamSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A process that runs one stream and nothing else, and obeys a parent: reads commands on standard input,
/// answers each with a line on standard output that begins with [#ANSWER].
///
/// Runs on the classes of the measured build, so it uses only what all builds have.
final class StreamHost {

    /// Begins an answer; other lines are not meant for the parent.
    static final String ANSWER = "= ";
    /// Asks for the heap in use after full collections, bytes.
    static final String HEAP = "heap";
    /// Asks for what stream threads and process have used; see [Usage].
    static final String USAGE = "usage";
    /// Gives sensors that are new to the stream full seasonal states: `states FROM TO`.
    static final String STATES = "states";
    /// Gives them empty ones from now on.
    static final String FORGET = "forget";
    /// Ends stream and process in good order; has no answer.
    static final String QUIT = "quit";

    static final int PARTITIONS = 4;
    static final int THREADS = 2;

    private static final int HIDDEN = 64;
    private static final Duration START_WITHIN = Duration.ofMinutes(10);

    /// Busy machines and full collections must not end the stream's membership in the middle of a
    /// measurement.
    private static final Map<String, String> PATIENCE = Map.of(
            "num.stream.threads", Integer.toString(THREADS),
            "admin.default.api.timeout.ms", "60000",
            "consumer.session.timeout.ms", "60000",
            "producer.transaction.timeout.ms", "60000");

    private final SensorNetwork network;
    private volatile ServedModel model;

    private StreamHost(SensorNetwork network) {
        this.network = network;
        this.model = new ServedModel(forecaster(network), null, SeasonalStates.of(network));
    }

    /// The network that `train` makes for the roads, with random weights.
    private static GruForecaster forecaster(SensorNetwork network) {
        Seq2SeqShape shape = Features.shape(network, 0, HIDDEN, 0);
        Scaler scaler = new Scaler(new float[] {60}, new float[] {10});
        return new GruForecaster("random@1", network, scaler, List.of(), shape, shape.initialise(1));
    }

    /// @param args bootstrap servers, folder of the state, then the case: sensors and state
    public static void main(String[] args) throws IOException, InterruptedException {
        StateCase one = StateCase.of(args[2], args[3]);
        new StreamHost(one.network()).run(args[0], Path.of(args[1]), one.scored());
    }

    /// First answers with the seconds from the call of [StreamApp#start] until it ran.
    private void run(String servers, Path folder, boolean scored) throws IOException, InterruptedException {
        ClientConfig client = new ClientConfig(servers, PATIENCE);
        String id = StreamSettings.defaultApplicationId(network.name());
        StreamSettings all =
                StreamSettings.of(client, id, folder, Guarantee.EXACTLY_ONCE).with(Limits.ANY_TIME);
        StreamSettings settings = scored ? all : Unscored.of(all);
        long begun = System.nanoTime();
        try (StreamApp app = StreamApp.start(network, PARTITIONS, () -> model, settings, new SimpleMeterRegistry())) {
            if (!app.awaitRunning(START_WITHIN)) {
                throw new IllegalStateException("the stream did not start within " + START_WITHIN);
            }
            answer(Double.toString((System.nanoTime() - begun) / 1e9));
            obey();
        }
    }

    /// A class of its own, so that older builds, which do not have the choice, never load it.
    private static final class Unscored {

        static StreamSettings of(StreamSettings all) {
            StatePolicy state = all.state();
            return all.with(new StatePolicy(state.place(), state.maxBytes(), state.forgetAfter(), false));
        }
    }

    /// Returns when it is told to quit. Ends the process at once when the parent is gone, and its broker too.
    private void obey() throws IOException, InterruptedException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); !QUIT.equals(line); line = commands.readLine()) {
            if (line == null) {
                Runtime.getRuntime().halt(1);
                return;
            }
            String[] words = line.split(" ", -1);
            answer(
                    switch (words[0]) {
                        case HEAP -> Long.toString(Usage.heap());
                        case USAGE -> Usage.now().written();
                        case STATES -> states(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                        case FORGET -> serve(SeasonalStates.of(network));
                        default -> throw new IllegalArgumentException("no such command: " + line);
                    });
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

    private static void answer(String text) {
        System.out.println(ANSWER + text);
        System.out.flush();
    }
}
