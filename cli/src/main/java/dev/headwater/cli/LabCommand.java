package dev.headwater.cli;

import dev.headwater.ingest.terminal.Stopping;
import dev.headwater.lab.data.DataFolder;
import dev.headwater.lab.definition.RowFile;
import dev.headwater.lab.definition.RowSpec;
import dev.headwater.lab.engine.LabReport;
import dev.headwater.lab.engine.Results;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs the systems of the documents that Headwater was built after.
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        description = "Run the systems of five teaching documents on recurrent networks, and compare their figures"
                + " with ours.",
        footer = {
            "",
            "Examples:",
            "  headwater lab list",
            "  headwater lab run synthetic-rnn sine-generate",
            "  headwater lab run all --data datasets/",
            "  headwater lab report --to docs/lab"
        })
final class LabCommand {

    private static final String ALL = "all";

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the rows: what each is, the document's figure, and about how long it takes.",
            footer = {"", "Example:", "  headwater lab list"})
    void list(@Mixin Answer answer) {
        List<RowSpec> rows = RowFile.shipped().stream().map(RowFile::load).toList();
        answer.print(Map.of("rows", rows), out -> LabTables.print(out, rows));
    }

    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            description = "Run rows, and keep their results. Rows with a result are not run again, so the command"
                    + " goes on where it was interrupted.",
            footer = {
                "",
                "Examples:",
                "  headwater lab run all --data datasets/",
                "  headwater lab run synthetic-rnn --full --seeds 3",
                "  headwater lab run my-row.yaml --data datasets/ --json"
            })
    void run(
            @Parameters(
                            arity = "1..*",
                            paramLabel = "ROW",
                            description = "Names of rows, `all`, or YAML files of your own.")
                    List<String> names,
            @Option(
                            names = "--data",
                            defaultValue = "datasets",
                            paramLabel = "DIR",
                            description = "Folder with the data, as they were unpacked; default: ${DEFAULT-VALUE}.")
                    Path data,
            @Mixin LabFolder folder,
            @Option(names = "--full", description = "Run the documents' own settings, also where they take long.")
                    boolean full,
            @Option(names = "--again", description = "Run the rows anew that have a result.") boolean again,
            @Option(
                            names = "--seed",
                            defaultValue = "42",
                            paramLabel = "N",
                            description = "Random seed; default: ${DEFAULT-VALUE}.")
                    long seed,
            @Option(
                            names = "--seeds",
                            paramLabel = "N|LIST",
                            description = "Run each row N times, from --seed upwards, or once with each of 1,2,3.")
                    @Nullable
                    String seeds,
            @Mixin Answer answer) {
        LabRun run = new LabRun(
                rows(names), Seeds.of(seeds, seed), full, again, new DataFolder(data), new Results(folder.results));
        try (Stopping ignored = Stopping.interrupting()) {
            run.run(answer);
        }
    }

    private static List<RowSpec> rows(List<String> names) {
        return names.stream()
                .flatMap(name -> name.equals(ALL) ? RowFile.shipped().stream() : Stream.of(name))
                .distinct()
                .map(RowFile::load)
                .toList();
    }

    @Command(
            name = "report",
            mixinStandardHelpOptions = true,
            description = "Write the results of all rows as one HTML page and one Markdown page, with pictures.",
            footer = {"", "Example:", "  headwater lab report --to docs/lab"})
    void report(
            @Mixin LabFolder folder,
            @Option(
                            names = "--to",
                            defaultValue = "lab-report",
                            paramLabel = "DIR",
                            description = "Folder for the pages; default: ${DEFAULT-VALUE}.")
                    Path to,
            @Mixin Answer answer) {
        LabReport report = LabReport.of(new Results(folder.results));
        report.write(to);
        answer.print(Map.of("rows", report.rows(), "orderings", report.verdicts(), "path", to.toString()), out -> {
            out.println(to.resolve(LabReport.HTML) + " and " + to.resolve(LabReport.MARKDOWN) + ": "
                    + report.rows().size() + " results");
            LabTables.printOrderings(out, report.verdicts());
        });
    }
}
