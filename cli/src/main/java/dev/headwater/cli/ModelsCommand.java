package dev.headwater.cli;

import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelFile;
import dev.headwater.forecasting.artefact.ModelManifest;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.artefact.ModelSummary;
import dev.headwater.forecasting.evaluation.ErrorTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows the registry, and publishes models on the models topic.
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description =
                "List the trained models, show or compare them, choose the champion, clean up, put one on the bus, or"
                        + " go back to an older one.",
        subcommands = {
            ModelsCompareCommand.class,
            ModelsGcCommand.class,
            ModelsPromoteCommand.class,
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
            "  headwater models promote --network pems-bay",
            "  headwater models rollback --network pems-bay"
        })
final class ModelsCommand {

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description =
                    "List all models, also those that cannot be read. With --bootstrap also which of them are on the"
                            + " models topic.",
            footer = {
                "",
                "Examples:",
                "  headwater models list",
                "  headwater models list models/pems-bay",
                "  headwater models list --bootstrap localhost:9092"
            })
    void list(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "DIR",
                            description = "A registry, or a network's folder in one; default: that of --registry.")
                    @Nullable
                    Path named,
            @Mixin RegistryOption registry,
            @Mixin KafkaOptions kafka,
            @Mixin Answer answer) {
        Path folder = named == null ? registry.folder() : named;
        List<ModelSummary> rows = ModelSummary.list(folder);
        List<OnTopic> topic = answer.isTyped("--bootstrap") ? OnTopic.of(rows, kafka.client(), folder) : List.of();
        answer.print(Map.of("models", rows, "topic", topic), out -> {
            if (rows.isEmpty()) {
                out.println("no models in " + folder + "; `headwater train` makes one");
            }
            rows.forEach(row -> out.println(line(row)));
            topic.forEach(one -> out.println(one.line()));
        });
    }

    private static String line(ModelSummary row) {
        String marks = (row.latest() ? "  (latest)" : "")
                + (row.champion() ? "  (champion)" : "")
                + (row.pinned() ? "  (pinned)" : "");
        return row.problem() == null
                ? String.format(
                        Locale.ROOT,
                        "%-16s %-16s %s  trained %s  test MAE %.3f  %s%s",
                        row.network(),
                        row.id(),
                        row.artefact(),
                        row.created(),
                        row.meanMae(),
                        row.path(),
                        marks)
                : String.format("%-16s %-16s cannot be read%s: %s", row.network(), row.version(), marks, row.problem());
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show a model's card and manifest.",
            footer = {"", "Example:", "  headwater models show models/pems-bay/latest --json"})
    void show(
            @Parameters(
                            paramLabel = "PATH",
                            description = "The model: its zip, its folder, or a latest or champion file.")
                    Path path,
            @Mixin Answer answer) {
        Artefact artefact = ModelRegistry.artefact(path);
        ForecastModel model = ModelFile.read(artefact);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("artefact", artefact.identity());
        shown.put("manifest", model.manifest());
        shown.put("metrics", model.metrics());
        answer.print(shown, out -> {
            out.println(model.card());
            out.println("artefact " + artefact.identity() + System.lineSeparator());
            Map<String, ErrorTable> rows = new LinkedHashMap<>();
            rows.put(model.manifest().id(), model.metrics().test());
            rows.putAll(model.metrics().baselines());
            Output.table(out, model.manifest().network().targetMeasure().unit(), rows);
        });
    }

    /// What `models champion --json` prints.
    ///
    /// @param model `name@version`
    record Champion(String network, String model) {}

    @Command(
            name = "champion",
            mixinStandardHelpOptions = true,
            description = "Make a model the champion of its network: models/NETWORK/champion then stands for it.",
            footer = {"", "Example:", "  headwater models champion models/pems-bay/3"})
    void champion(
            @Parameters(paramLabel = "PATH", description = "The model: its zip, its folder, or a latest file.")
                    Path path,
            @Mixin Answer answer) {
        ModelManifest manifest = ModelRegistry.load(path).manifest();
        ModelRegistry.makeChampion(path);
        Champion champion = new Champion(manifest.network().name(), manifest.id());
        answer.print(champion, out -> out.printf("network %s: the champion is %s%n", champion.network, champion.model));
    }

    @Command(
            name = "pin",
            mixinStandardHelpOptions = true,
            description = "Protect a model from `models gc`, or end the protection.",
            footer = {
                "",
                "Examples:",
                "  headwater models pin models/pems-bay/3",
                "  headwater models pin models/pems-bay/3 --off"
            })
    void pin(
            @Parameters(
                            paramLabel = "PATH",
                            description = "The model: its zip, its folder, or a latest or champion file.")
                    Path path,
            @Option(names = "--off", description = "End the protection.") boolean off,
            @Mixin Console console) {
        ModelRegistry.pin(path, !off);
        console.out().printf("%s is %s%n", path, off ? "not pinned any more" : "pinned");
        console.out().flush();
    }
}
