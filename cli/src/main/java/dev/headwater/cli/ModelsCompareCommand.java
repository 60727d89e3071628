package dev.headwater.cli;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.JudgedOn;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.evaluation.ErrorTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Puts models side by side.
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description =
                "Put models side by side: figures, and settings that differ. Ranked by the validation MAE when they"
                        + " were judged on the same data, else not at all.",
        footer = {"", "Example:", "  headwater models compare models/pems-bay/champion models/pems-bay/7"})
final class ModelsCompareCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "PATH",
            arity = "2..*",
            description = "Models: a zip, a folder, or a latest or champion file.")
    private List<Path> paths = List.of();

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    /// What `models compare --json` prints.
    ///
    /// @param ranked      true when the models are in the order of their validation MAE, best first
    /// @param reason      why they are not ranked; null when they are
    /// @param models      side by side
    /// @param differences settings that differ: by name, one value per model
    record Report(boolean ranked, @Nullable String reason, List<Row> models, Map<String, List<String>> differences) {}

    /// One model.
    ///
    /// @param path       as it was named
    /// @param model      `name@version`
    /// @param validation mean MAE on the validation part
    /// @param test       errors on the test part
    record Row(String path, String model, double validation, ErrorTable test) {}

    private record Named(Path path, ForecastModel model) {

        double validation() {
            return model.metrics().validation().mean().mae();
        }
    }

    @Override
    public void run() {
        List<Named> models = readable();
        Optional<String> difference = difference(models);
        if (difference.isEmpty()) {
            models = models.stream()
                    .sorted(Comparator.comparingDouble(Named::validation))
                    .toList();
        }
        List<Row> rows = models.stream().map(ModelsCompareCommand::row).toList();
        Report report = new Report(difference.isEmpty(), difference.orElse(null), rows, differences(models));
        if (json) {
            Output.json(spec, report);
        } else {
            print(report);
        }
    }

    /// Those that cannot be read are told, and left out as long as there is something to compare.
    private List<Named> readable() {
        List<Named> models = new ArrayList<>();
        List<InvalidInputException> problems = new ArrayList<>();
        for (Path path : paths) {
            try {
                models.add(new Named(path, ModelRegistry.load(path)));
            } catch (InvalidInputException e) {
                problems.add(e);
            }
        }
        if (models.size() < 2) {
            throw problems.getFirst();
        }
        problems.forEach(
                problem -> spec.commandLine().getErr().println("headwater: left out: " + problem.getMessage()));
        return models;
    }

    /// Why the models cannot be ranked.
    private static Optional<String> difference(List<Named> models) {
        Named first = models.getFirst();
        return models.stream()
                .skip(1)
                .flatMap(other -> JudgedOn.of(first.model)
                        .differenceFrom(JudgedOn.of(other.model))
                        .map(text -> first.path + " and " + other.path + " were judged on different data: " + text)
                        .stream())
                .findFirst();
    }

    private static Row row(Named one) {
        return new Row(
                one.path.toString(),
                one.model.manifest().id(),
                one.validation(),
                one.model.metrics().test());
    }

    private static Map<String, List<String>> differences(List<Named> models) {
        List<Map<String, String>> all =
                models.stream().map(ModelsCompareCommand::settings).toList();
        TreeSet<String> names = new TreeSet<>();
        all.forEach(one -> names.addAll(one.keySet()));
        Map<String, List<String>> differences = new LinkedHashMap<>();
        for (String name : names) {
            List<String> values =
                    all.stream().map(one -> one.getOrDefault(name, "-")).toList();
            if (values.stream().distinct().count() > 1) {
                differences.put(name, values);
            }
        }
        return differences;
    }

    private static Map<String, String> settings(Named one) {
        Map<String, String> settings =
                new LinkedHashMap<>(one.model.manifest().provenance().settings());
        settings.put("features", one.model.manifest().network().features().toString());
        settings.put("commit", one.model.manifest().provenance().commit());
        return settings;
    }

    private void print(Report report) {
        PrintWriter out = spec.commandLine().getOut();
        if (report.reason != null) {
            out.println("not ranked: " + report.reason);
        }
        out.printf("%-4s %-36s %10s   %s%n", "", "", "validation", "test MAE at a quarter, half, all, and mean");
        IntStream.range(0, report.models.size()).forEach(i -> print(out, report, i));
        report.differences.forEach((name, values) -> out.printf("%s: %s%n", name, String.join(" | ", values)));
        out.flush();
    }

    private static void print(PrintWriter out, Report report, int index) {
        Row row = report.models.get(index);
        List<String> figures = new ArrayList<>();
        if (!row.test.horizons().isEmpty()) {
            row.test.shown().forEach(step -> figures.add(Output.figure(step.mae())));
        }
        figures.add(Output.figure(row.test.mean().mae()));
        out.printf(
                Locale.ROOT,
                "%-4s %-36s %10.3f   %s%n",
                report.ranked ? (index + 1) + "." : "",
                row.model + " " + row.path,
                row.validation,
                String.join("  ", figures));
    }
}
