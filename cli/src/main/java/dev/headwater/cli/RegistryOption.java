package dev.headwater.cli;

import dev.headwater.forecasting.artefact.ModelRegistry;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Where models lie.
final class RegistryOption {

    @Option(
            names = {"--registry", "--dir"},
            defaultValue = ModelRegistry.DEFAULT_ROOT,
            paramLabel = "DIR",
            description = "Registry of models; default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of(ModelRegistry.DEFAULT_ROOT);

    Path folder() {
        return folder;
    }
}
