package dev.headwater.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Evaluates a model or a baseline on history.
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Evaluate a model or a baseline on a file of history: masked MAE, RMSE and MAPE per" + " step.",
        footer = {
            "",
            "Examples:",
            "  headwater evaluate --network pems-bay --from pems-bay.h5 --model models/pems-bay/latest",
            "  headwater evaluate --network pems-bay --from pems-bay.h5 --model persistence --json",
            "  headwater evaluate --network pems-bay --from pems-bay.h5 --model models/pems-bay/champion --report report",
            "  headwater evaluate --network speech --from speech-commands/ --model models/speech/latest"
        })
final class EvaluateCommand implements Runnable {

    @Mixin
    BacktestOptions judged = new BacktestOptions();

    @Mixin
    SensorsOption sensors = new SensorsOption();

    @Option(names = "--report", paramLabel = "DIR", description = "Write report.md and report.html there, with plots.")
    @Nullable
    Path folder;

    @Option(
            names = "--by-age",
            description = "Instead: let --sensors, on which the model was not trained, begin without a state of their"
                    + " own, several times after the training part, and print their MAE by day of life.")
    boolean byAge;

    @Option(
            names = "--beside",
            paramLabel = "PATH",
            description = "With --by-age: compare with this model, which was trained on the sensors too and knows"
                    + " their readings from before.")
    @Nullable
    Path beside;

    @Mixin
    Answer answer = new Answer();

    @Override
    public void run() {
        Workload.of(judged.network()).evaluate(this);
    }
}
