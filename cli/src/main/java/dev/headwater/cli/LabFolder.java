package dev.headwater.cli;

import dev.headwater.lab.engine.Results;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Where the lab keeps its results.
@Command // picocli requires it on a mixin
final class LabFolder {

    @Option(
            names = "--results",
            defaultValue = Results.DEFAULT_ROOT,
            paramLabel = "DIR",
            description = "Folder of the results; default: ${DEFAULT-VALUE}.")
    Path results = Path.of(Results.DEFAULT_ROOT);
}
