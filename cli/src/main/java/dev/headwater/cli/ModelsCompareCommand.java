package dev.headwater.cli;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.ModelComparison;
import dev.headwater.forecasting.artefact.ModelRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Compares models.
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Compare models: errors, and settings that differ. Ranked by the validation MAE when"
                + " they were evaluated on the same data, else not ranked.",
        footer = {"", "Example:", "  headwater models compare models/pems-bay/champion models/pems-bay/7"})
final class ModelsCompareCommand implements Runnable {

    @Parameters(
            paramLabel = "PATH",
            arity = "2..*",
            description = "Models: a zip, a folder, or a latest or champion file.")
    private List<Path> paths = List.of();

    @Mixin
    private Answer answer = new Answer();

    @Override
    public void run() {
        ModelComparison comparison = ModelComparison.of(readable());
        answer.print(comparison, out -> print(out, comparison));
    }

    /// The models that can be read. Reports the others, and fails when too few remain to compare.
    private List<ModelComparison.Named> readable() {
        List<ModelComparison.Named> models = new ArrayList<>();
        List<InvalidInputException> problems = new ArrayList<>();
        for (Path path : paths) {
            try {
                models.add(new ModelComparison.Named(path.toString(), ModelRegistry.load(path)));
            } catch (InvalidInputException e) {
                problems.add(e);
            }
        }
        if (models.size() < 2) {
            throw problems.getFirst();
        }
        problems.forEach(problem -> answer.tell("left out: " + problem.getMessage()));
        return models;
    }

    private static void print(PrintWriter out, ModelComparison report) {
        if (report.reason() != null) {
            out.println("not ranked: " + report.reason());
        }
        out.printf("%-4s %-36s %10s   %s%n", "", "", "validation", "test MAE at a quarter, half, all, and mean");
        IntStream.range(0, report.models().size()).forEach(i -> print(out, report, i));
        report.differences().forEach((name, values) -> out.printf("%s: %s%n", name, String.join(" | ", values)));
    }

    private static void print(PrintWriter out, ModelComparison report, int index) {
        ModelComparison.Row row = report.models().get(index);
        List<String> figures = new ArrayList<>();
        if (!row.test().horizons().isEmpty()) {
            row.test().shown().forEach(step -> figures.add(Output.figure(step.mae())));
        }
        figures.add(Output.figure(row.test().mean().mae()));
        out.printf(
                Locale.ROOT,
                "%-4s %-36s %10.3f   %s%n",
                report.ranked() ? (index + 1) + "." : "",
                row.model() + " " + row.path(),
                row.validation(),
                String.join("  ", figures));
    }
}
