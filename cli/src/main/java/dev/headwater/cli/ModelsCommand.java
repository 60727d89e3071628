package dev.headwater.cli;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.evaluation.ErrorTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Looks into the registry, and puts models on the bus.
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description =
                "List the trained models, show or compare them, choose the champion, clean up, put one on the bus, or"
                        + " go back to an older one.",
        subcommands = {
            ModelsCompareCommand.class,
            ModelsChampionCommand.class,
            ModelsPinCommand.class,
            ModelsGcCommand.class,
            ModelsPublishCommand.class,
            ModelsRollbackCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  headwater models list",
            "  headwater models show models/pems-bay/latest",
            "  headwater models compare models/pems-bay/champion models/pems-bay/latest",
            "  headwater models publish models/pems-bay/latest",
            "  headwater models rollback --network pems-bay"
        })
final class ModelsCommand {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// One line of `models list --json`.
    ///
    /// @param id      `name@version`; null when it cannot be read
    /// @param created when training ended; null when it cannot be read
    /// @param meanMae mean test MAE over the horizon, unit of the target; null when it cannot be read
    /// @param problem why it cannot be read; null when it can
    record Row(
            String network,
            int version,
            @Nullable String id,
            @Nullable String created,
            @Nullable Double meanMae,
            String path,
            boolean latest,
            boolean champion,
            boolean pinned,
            @Nullable String problem) {}

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List all models; those that cannot be read are named.",
            footer = {"", "Examples:", "  headwater models list", "  headwater models list models/pems-bay"})
    int list(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "DIR",
                            description = "A registry, or a network's folder in one; default: that of --registry.")
                    @Nullable
                    Path named,
            @Mixin RegistryOption registry,
            @Option(names = "--json", description = "Print one JSON object and nothing else.") boolean json) {
        Path folder = named == null ? registry.folder() : named;
        List<Row> rows = entries(folder).stream().map(ModelsCommand::row).toList();
        if (json) {
            Output.json(spec, Map.of("models", rows));
            return 0;
        }
        PrintWriter out = spec.commandLine().getOut();
        if (rows.isEmpty()) {
            out.println("no models in " + folder + "; `headwater train` makes one");
        }
        for (Row row : rows) {
            out.println(line(row));
        }
        out.flush();
        return 0;
    }

    private static List<ModelRegistry.Entry> entries(Path folder) {
        List<ModelRegistry.Entry> all = new ModelRegistry(folder).list();
        Path parent = folder.toAbsolutePath().normalize().getParent();
        if (!all.isEmpty() || parent == null) {
            return all;
        }
        Path root = folder.getParent() == null ? parent : folder.getParent();
        return new ModelRegistry(root)
                .list().stream()
                        .filter(entry -> entry.file().startsWith(root.resolve(folder.getFileName())))
                        .toList();
    }

    private static String line(Row row) {
        return row.problem == null
                ? String.format(
                        Locale.ROOT,
                        "%-16s %-16s trained %s  test MAE %.3f  %s%s",
                        row.network,
                        row.id,
                        row.created,
                        row.meanMae,
                        row.path,
                        marks(row))
                : String.format("%-16s %-16s cannot be read%s: %s", row.network, row.version, marks(row), row.problem);
    }

    private static String marks(Row row) {
        return (row.latest ? "  (latest)" : "")
                + (row.champion ? "  (champion)" : "")
                + (row.pinned ? "  (pinned)" : "");
    }

    private static Row row(ModelRegistry.Entry entry) {
        try {
            ForecastModel model = ModelRegistry.load(entry.file());
            String created = model.manifest().provenance().created();
            return row(
                    entry,
                    model.manifest().id(),
                    created,
                    model.metrics().test().mean().mae(),
                    null);
        } catch (InvalidInputException e) {
            return row(entry, null, null, null, e.getMessage());
        }
    }

    private static Row row(
            ModelRegistry.Entry entry,
            @Nullable String id,
            @Nullable String created,
            @Nullable Double meanMae,
            @Nullable String problem) {
        return new Row(
                entry.network(),
                entry.version(),
                id,
                created,
                meanMae,
                entry.file().toString(),
                entry.latest(),
                entry.champion(),
                entry.pinned(),
                problem);
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show a model's card and manifest.",
            footer = {"", "Example:", "  headwater models show models/pems-bay/latest --json"})
    int show(
            @Parameters(
                            paramLabel = "PATH",
                            description = "The model: its zip, its folder, or a latest or champion file.")
                    Path path,
            @Option(names = "--json", description = "Print one JSON object and nothing else.") boolean json) {
        ForecastModel model = ModelRegistry.load(path);
        if (json) {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("manifest", model.manifest());
            shown.put("metrics", model.metrics());
            Output.json(spec, shown);
            return 0;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(model.card());
        Map<String, ErrorTable> rows = new LinkedHashMap<>();
        rows.put(model.manifest().id(), model.metrics().test());
        rows.putAll(model.metrics().baselines());
        Output.table(out, model.manifest().network().targetMeasure().unit(), rows);
        return 0;
    }
}
