package dev.headwater.cli;

import dev.headwater.cli.bench.BenchReport;
import dev.headwater.cli.bench.BenchRow;
import dev.headwater.cli.bench.BenchSuite;
import dev.headwater.cli.bench.BenchTable;
import dev.headwater.cli.bench.Machine;
import dev.headwater.cli.bench.Ratios;
import dev.headwater.cli.bench.Suites;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Measures Headwater beside its peers, and tells when it has fallen behind what it was.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure speed beside peers, in alternating turns of one run. Needs a checkout of the sources.",
        footer = {
            "",
            "Suites: kernel (inference), training, pipeline, latency, scale.",
            "",
            "Examples:",
            "  headwater bench kernel training",
            "  headwater bench pipeline --repeats 7 --json",
            "  headwater bench kernel training --check",
            "",
            "Ratios to peers hold from one machine to the next of its kind, times do not: so",
            "--check compares ratios alone, and exits 1 when one fell by more than a fifth."
        })
final class BenchCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "SUITE", description = "Suites to run, one after the other.")
    private List<String> names = List.of();

    @Option(
            names = "--repeats",
            defaultValue = "5",
            paramLabel = "N",
            description = "Turns of each measurement; figures are medians; default: ${DEFAULT-VALUE}.")
    private int repeats = 5;

    @Option(names = "--check", description = "Compare the ratios with those of --ratios.")
    private boolean check;

    @Option(names = "--update-ratios", description = "Write the ratios of this run to --ratios.")
    private boolean update;

    @Option(
            names = "--ratios",
            defaultValue = "benchmarks/ratios.json",
            paramLabel = "FILE",
            description = "Ratios that were reached; default: benchmarks/ratios.json of the checkout.")
    private Path ratios = Path.of("benchmarks/ratios.json");

    @Mixin
    private Answer answer = new Answer();

    @Override
    public Integer call() throws Exception {
        if (repeats < 1) {
            throw answer.wrong("--repeats must be at least 1, found " + repeats);
        }
        List<BenchSuite> suites = new Suites(BenchCommand.class.getClassLoader()).named(names);
        @Nullable Ratios before = check ? Ratios.read(ratios) : null; // a fault shows now, not after an hour
        BenchReport report = measure(suites);
        List<Ratios.Fall> fallen = before == null ? List.of() : before.fallen(report.rows());
        if (answer.isJson()) {
            Map<String, Object> json = new LinkedHashMap<>(report.asJson());
            if (check) {
                json.put("fallen", fallen);
            }
            answer.printJson(json);
        }
        if (update) {
            (Files.exists(ratios) ? Ratios.read(ratios) : new Ratios(Map.of()))
                    .with(report.rows())
                    .write(ratios);
        }
        return judged(fallen);
    }

    private BenchReport measure(List<BenchSuite> suites) throws Exception {
        Machine machine = Machine.current();
        BenchTable table = new BenchTable(answer.out());
        List<BenchRow> rows = new ArrayList<>();
        if (!answer.isJson()) {
            table.printHead(machine);
        }
        if (machine.isBusy()) {
            answer.tell(
                    "other work is running (load above half of the cores): figures are too low, and ratios less sure");
        }
        for (BenchSuite suite : suites) {
            answer.tell(suite.name() + ": " + suite.description());
            suite.run(
                    repeats,
                    row -> {
                        rows.add(row);
                        if (!answer.isJson()) {
                            table.print(row);
                        }
                    },
                    line -> answer.tell(suite.name() + ": " + line));
        }
        return new BenchReport(machine, rows);
    }

    /// Names what fell.
    ///
    /// @return the exit code
    private int judged(List<Ratios.Fall> fallen) {
        for (Ratios.Fall fall : fallen) {
            answer.tell(String.format(
                    Locale.ROOT,
                    "%s fell by more than 20 %%: from %.2f to %.2f times",
                    fall.name(),
                    fall.before(),
                    fall.now()));
        }
        if (check && fallen.isEmpty()) {
            answer.tell("no ratio fell by more than 20 %");
        }
        return fallen.isEmpty() ? 0 : 1;
    }
}
