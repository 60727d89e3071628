package dev.headwater.benchmarks.state;

import dev.headwater.benchmarks.stream.HostedStream;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.Limits;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StatePolicy;
import dev.headwater.streams.StreamSettings;
import java.io.IOException;
import java.nio.file.Path;

/// A process that runs one stream and nothing else, and obeys a parent.
///
/// Runs on the classes of the measured build, so it uses only what all builds have.
final class StreamHost {

    static final int THREADS = 2;

    private StreamHost() {}

    /// @param args bootstrap servers, folder of the state, then the case: sensors and state
    public static void main(String[] args) throws IOException, InterruptedException {
        StateCase one = StateCase.of(args[2], args[3]);
        SensorNetwork network = one.network();
        ClientConfig client = new ClientConfig(args[0], HostedStream.patience(THREADS));
        String id = StreamSettings.defaultApplicationId(network.name());
        StreamSettings all = StreamSettings.of(client, id, Path.of(args[1]), Guarantee.EXACTLY_ONCE)
                .with(Limits.ANY_TIME);
        ServedModel model = new ServedModel(HostedStream.forecaster(network), null, SeasonalStates.of(network));
        new HostedStream(network, model).run(one.scored() ? all : Unscored.of(all));
    }

    /// A class of its own, so that older builds, which do not have the choice, never load it.
    private static final class Unscored {

        static StreamSettings of(StreamSettings all) {
            StatePolicy state = all.state();
            return all.with(new StatePolicy(state.place(), state.maxBytes(), state.forgetAfter(), false));
        }
    }
}
