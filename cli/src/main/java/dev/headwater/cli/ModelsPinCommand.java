package dev.headwater.cli;

import dev.headwater.forecasting.artefact.ModelRegistry;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Keeps a version from being cleaned up.
@Command(
        name = "pin",
        mixinStandardHelpOptions = true,
        description = "Keep a model when `models gc` cleans up, or no longer.",
        footer = {
            "",
            "Examples:",
            "  headwater models pin models/pems-bay/3",
            "  headwater models pin models/pems-bay/3 --off"
        })
final class ModelsPinCommand implements Runnable {

    @Mixin
    private Console console = new Console();

    @Parameters(paramLabel = "PATH", description = "The model: its zip, its folder, or a latest or champion file.")
    private Path path = Path.of("");

    @Option(names = "--off", description = "Let it be cleaned up again.")
    private boolean off;

    @Override
    public void run() {
        ModelRegistry.pin(path, !off);
        console.out().printf("%s is %s%n", path, off ? "not pinned any more" : "pinned");
        console.out().flush();
    }
}
