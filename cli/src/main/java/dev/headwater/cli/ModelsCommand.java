package dev.headwater.cli;

import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.model.ForecastModel;
import dev.headwater.forecasting.model.ModelRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
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
final class ModelsCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// One line of `models list --json`.
    ///
    /// @param id      `name@version`
    /// @param meanMae mean test MAE over the horizon, unit of the target
    record Row(
            String network,
            int version,
            String id,
            String created,
            double meanMae,
            String path,
            boolean latest,
            boolean champion,
            boolean pinned) {}

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List all models.",
            footer = {"", "Example:", "  headwater models list --dir models"})
    int list(
            @Option(
                            names = "--dir",
                            defaultValue = ModelRegistry.DEFAULT_ROOT,
                            description = "Default: ${DEFAULT-VALUE}.")
                    Path folder,
            @Option(names = "--json", description = "Print one JSON object and nothing else.") boolean json) {
        List<Row> rows = new ModelRegistry(folder)
                .list().stream().map(ModelsCommand::row).toList();
        if (json) {
            Output.json(spec, Map.of("models", rows));
            return 0;
        }
        PrintWriter out = spec.commandLine().getOut();
        if (rows.isEmpty()) {
            out.println("no models in " + folder + "; `headwater train` makes one");
        }
        for (Row row : rows) {
            out.printf(
                    Locale.ROOT,
                    "%-16s %-16s trained %s  test MAE %.3f  %s%s%n",
                    row.network,
                    row.id,
                    row.created,
                    row.meanMae,
                    row.path,
                    marks(row));
        }
        out.flush();
        return 0;
    }

    private static String marks(Row row) {
        return (row.latest ? "  (latest)" : "")
                + (row.champion ? "  (champion)" : "")
                + (row.pinned ? "  (pinned)" : "");
    }

    private static Row row(ModelRegistry.Entry entry) {
        ForecastModel model = ModelRegistry.load(entry.file());
        return new Row(
                entry.network(),
                entry.version(),
                model.manifest().id(),
                model.manifest().provenance().created(),
                model.metrics().test().mean().mae(),
                entry.file().toString(),
                entry.latest(),
                entry.champion(),
                entry.pinned());
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
