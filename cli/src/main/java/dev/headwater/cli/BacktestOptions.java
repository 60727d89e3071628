package dev.headwater.cli;

import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.network.SensorNetwork;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which model is evaluated on which history.
final class BacktestOptions {

    @Mixin
    private NetworkOption network = new NetworkOption();

    @Option(
            names = "--from",
            required = true,
            paramLabel = "FILE|FOLDER",
            description = "History: .h5, .csv[.gz], .npz; a folder of words for a network of sound.")
    Path from = Path.of("");

    @Option(
            names = "--model",
            required = true,
            paramLabel = "PATH|NAME",
            description = "A model, or persistence, yesterday, last-week, historical-average.")
    String model = "";

    @Option(
            names = "--split",
            converter = WordConverter.OfPart.class,
            defaultValue = "test",
            description = "train, validation or test; default: ${DEFAULT-VALUE}.")
    ChronologicalSplit.Part split = ChronologicalSplit.Part.TEST;

    SensorNetwork network() {
        return network.load();
    }
}
