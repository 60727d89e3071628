package dev.headwater.trainer.study;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Results of an [Ablation], one row per variant.
///
/// @param unit of the target
public record AblationStudy(String unit, List<Long> seeds, List<Row> rows) {

    /// One variant.
    ///
    /// @param variant    its name
    /// @param validation MAE on the validation part over the seeds
    /// @param test       MAE on the test part over the seeds
    public record Row(String variant, List<SeedStudy.Column> validation, List<SeedStudy.Column> test) {}

    /// The table in Markdown: MAE, mean and standard deviation over the seeds.
    public String markdown() {
        List<SeedStudy.Column> columns = rows.getFirst().test();
        String parts = Stream.of("validation", "test")
                .flatMap(part -> columns.stream().map(column -> part + " " + column.lead()))
                .collect(Collectors.joining(" | "));
        String lines = rows.stream()
                .map(row -> "| " + row.variant() + " | "
                        + Stream.concat(row.validation().stream(), row.test().stream())
                                .map(column -> cell(column.mae()))
                                .collect(Collectors.joining(" | "))
                        + " |\n")
                .collect(Collectors.joining());
        return "MAE in " + unit + ", mean +- standard deviation over the seeds "
                + seeds.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ".\n\n| variant | " + parts
                + " |\n|---|" + "---|".repeat(2 * columns.size()) + "\n" + lines;
    }

    private static String cell(Spread mae) {
        return String.format(Locale.ROOT, "%.3f +- %.3f", mae.mean(), mae.sd());
    }
}
