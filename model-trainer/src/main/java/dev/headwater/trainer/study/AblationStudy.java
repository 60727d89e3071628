package dev.headwater.trainer.study;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.TrainingListener;
import dev.headwater.trainer.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
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

    /// Trains every variant with every seed. When the thread is interrupted, it ends with the variants that are
    /// complete.
    ///
    /// @param series    read anew for each variant
    /// @param networks  loads the network with these keys changed
    /// @param listeners creates the listener of the run with this name
    /// @throws InvalidInputException when the history is too short or too empty, training diverges, or is
    ///                               interrupted before the first variant is complete
    public static AblationStudy run(
            Series series,
            TrainingSettings settings,
            List<Long> seeds,
            ProvenanceInput source,
            Function<Map<String, String>, SensorNetwork> networks,
            Function<String, TrainingListener> listeners) {
        List<Row> rows = new ArrayList<>();
        try {
            for (Ablation.Variant variant : Ablation.variants(series.network(), settings)) {
                SeedStudy study = SeedStudy.run(
                        series.under(networks.apply(variant.network())),
                        settings.with(variant.settings()),
                        seeds,
                        source,
                        seed -> listeners.apply(variant.name() + ", seed " + seed));
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
                rows.add(new Row(variant.name(), study.validation(), study.test()));
            }
        } catch (InvalidInputException e) {
            if (rows.isEmpty() || !Thread.currentThread().isInterrupted()) {
                throw e;
            }
        }
        if (rows.isEmpty()) {
            throw new InvalidInputException("ablation: interrupted before the first variant was trained");
        }
        return new AblationStudy(series.network().targetMeasure().unit(), seeds, rows);
    }

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
