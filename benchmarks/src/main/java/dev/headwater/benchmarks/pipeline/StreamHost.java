package dev.headwater.benchmarks.pipeline;

import dev.headwater.benchmarks.stream.HostedStream;
import dev.headwater.benchmarks.stream.RoadReadings;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.Limits;
import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Part;
import dev.headwater.forecasting.evaluation.Evaluation;
import dev.headwater.forecasting.interval.IntervalTable;
import dev.headwater.forecasting.interval.Levels;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StatePolicy;
import dev.headwater.streams.StreamSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A process that runs the stream of a case, with the product's settings, and obeys a parent.
final class StreamHost {

    private static final int FITTED_SENSORS = 8;

    private StreamHost() {}

    /// @param args bootstrap servers, folder of the benchmark, then [StreamCase#words()]
    public static void main(String[] args) throws IOException, InterruptedException {
        StreamCase one = StreamCase.of(List.of(args).subList(2, args.length));
        SensorNetwork network = one.network();
        Forecaster forecaster = forecaster(one, network);
        IntervalTable table = one.intervals() ? intervals(network) : null;
        ServedModel model = model(network, forecaster, table);
        new HostedStream(network, model).run(settings(one, args[0], Path.of(args[1])));
    }

    private static Forecaster forecaster(StreamCase one, SensorNetwork network) {
        return switch (one.engine()) {
            case KERNELS -> HostedStream.forecaster(network);
            case ONNX_RUNTIME -> new RecordByRecord(network);
            case PLAIN_LOOP -> throw new IllegalArgumentException("a plain loop has no model");
        };
    }

    private static ServedModel model(SensorNetwork network, Forecaster forecaster, @Nullable IntervalTable table) {
        return new ServedModel(forecaster, table, SeasonalStates.of(network));
    }

    /// Those of the product, with a case's threads.
    ///
    /// @param folder of the benchmark
    static StreamSettings settings(StreamCase one, String servers, Path folder) {
        SensorNetwork network = one.network();
        ClientConfig client = new ClientConfig(servers, HostedStream.patience(one.threads()));
        String id = StreamSettings.defaultApplicationId(network.name());
        StreamSettings settings = StreamSettings.of(client, id, Rig.data(folder).resolve("streams"), one.guarantee())
                .with(Limits.ANY_TIME)
                .with(one.forecasts());
        StatePolicy state = settings.state();
        return settings.with(new StatePolicy(state.place(), state.maxBytes(), state.forgetAfter(), one.scored()));
    }

    /// As `train` fits them, on the history of a few sensors.
    private static @Nullable IntervalTable intervals(SensorNetwork network) {
        Series history = RoadReadings.history(network, 0, FITTED_SENSORS);
        ChronologicalSplit.Range range = ChronologicalSplit.of(history).range(Part.VALIDATION);
        return new Evaluation(history, range).fitIntervals(HostedStream.forecaster(network), Levels.DEFAULT);
    }
}
