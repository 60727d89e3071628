package dev.headwater.cli;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.ModelRegistry;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Cleans a registry up.
@Command(
        name = "gc",
        mixinStandardHelpOptions = true,
        description = "Remove old models of a network, but never the latest, the champion, or a pinned one.",
        footer = {"", "Example:", "  headwater models gc pems-bay --keep 5 --dry-run"})
final class ModelsGcCommand implements Runnable {

    @Parameters(
            paramLabel = "NETWORK",
            description = "Name of the network, as `models list` shows it, or its folder, such as models/pems-bay.")
    private Path named = Path.of("");

    @Option(names = "--keep", required = true, paramLabel = "N", description = "Number of newest versions to keep.")
    private int keep;

    @Option(names = "--dry-run", description = "Only say what would be removed.")
    private boolean dryRun;

    @Mixin
    private RegistryOption root = new RegistryOption();

    @Mixin
    private Answer answer = new Answer();

    /// What `models gc --json` prints.
    ///
    /// @param removed version numbers
    /// @param dryRun  true when they were only listed
    record Report(String network, List<Integer> removed, boolean dryRun) {}

    @Override
    public void run() {
        if (keep < 0) {
            throw answer.wrong("--keep: must be 0 or more, found " + keep);
        }
        Path folder = named.getParent() == null ? root.folder() : named.getParent();
        String network = named.getFileName().toString();
        ModelRegistry registry = new ModelRegistry(folder);
        if (registry.list().stream().noneMatch(entry -> entry.network().equals(network))) {
            throw new InvalidInputException("network " + network + ": must have models in " + folder
                    + ", found none; `headwater models list` shows what there is");
        }
        List<ModelRegistry.Entry> removable = registry.removable(network, keep);
        if (!dryRun) {
            removable.forEach(registry::remove);
        }
        List<Integer> versions =
                removable.stream().map(ModelRegistry.Entry::version).toList();
        answer.print(
                new Report(network, versions, dryRun),
                out -> out.printf(
                        "network %s: %s%s%n",
                        network,
                        versions.isEmpty()
                                ? "nothing to remove"
                                : (dryRun ? "would remove versions " : "removed versions "),
                        versions.isEmpty() ? "" : versions));
    }
}
