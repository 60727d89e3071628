package dev.headwater.cli;

import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Judges a model or a baseline on history.
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Judge a model or a baseline on a file of history: masked MAE, RMSE and MAPE per step.",
        footer = {
            "",
            "Examples:",
            "  headwater evaluate --network pems-bay --from pems-bay.h5 --model models/pems-bay/latest",
            "  headwater evaluate --network pems-bay --from pems-bay.h5 --model persistence --json",
            "  headwater evaluate --network pems-bay --from pems-bay.h5 --model models/pems-bay/champion --report report",
            "  headwater evaluate --network speech --from speech-commands/ --model models/speech/latest"
        })
final class EvaluateCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NetworkOption network = new NetworkOption();

    @Mixin
    SensorsOption sensors = new SensorsOption();

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
            converter = PartConverter.class,
            defaultValue = "test",
            description = "train, validation or test; default: ${DEFAULT-VALUE}.")
    ChronologicalSplit.Part split = ChronologicalSplit.Part.TEST;

    @Option(names = "--report", paramLabel = "DIR", description = "Write report.md and report.html there, with plots.")
    @Nullable
    Path folder;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Override
    public void run() {
        Workload.of(network.load()).evaluate(this);
    }

    /// The figures as one JSON object, or as people read them.
    void print(Object report, Consumer<PrintWriter> words) {
        Output.print(spec, json, report, words);
    }

    Consumer<String> notices() {
        return Output.notices(spec);
    }
}
