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

    @Mixin
    Answer answer = new Answer();

    @Override
    public void run() {
        Workload.of(judged.network()).evaluate(this);
    }
}
