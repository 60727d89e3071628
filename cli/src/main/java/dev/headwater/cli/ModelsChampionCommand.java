package dev.headwater.cli;

import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelRegistry;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Chooses the champion by hand.
@Command(
        name = "champion",
        mixinStandardHelpOptions = true,
        description = "Make a model the champion of its network: models/NETWORK/champion then stands for it.",
        footer = {"", "Example:", "  headwater models champion models/pems-bay/3"})
final class ModelsChampionCommand implements Runnable {

    @Parameters(paramLabel = "PATH", description = "The model: its zip, its folder, or a latest file.")
    private Path path = Path.of("");

    @Mixin
    private Answer answer = new Answer();

    /// What `models champion --json` prints.
    ///
    /// @param model `name@version`
    record Report(String network, String model) {}

    @Override
    public void run() {
        ForecastModel model = ModelRegistry.load(path);
        ModelRegistry.makeChampion(path);
        Report report =
                new Report(model.manifest().network().name(), model.manifest().id());
        answer.print(report, out -> out.printf("network %s: the champion is %s%n", report.network, report.model));
    }
}
