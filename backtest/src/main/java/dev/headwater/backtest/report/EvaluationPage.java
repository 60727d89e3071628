package dev.headwater.backtest.report;

import dev.headwater.backtest.EvaluationReport;
import dev.headwater.backtest.ForecastSample;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelMetrics;
import dev.headwater.forecasting.evaluation.Breakdown;
import dev.headwater.forecasting.evaluation.ErrorGroup;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.evaluation.IntervalReport;
import dev.headwater.forecasting.interval.IntervalScores;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.report.Block;
import dev.headwater.report.Html;
import dev.headwater.report.Markdown;
import dev.headwater.report.Plot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The report of an evaluation: `report.md` with its pictures beside it, and `report.html` with them inside.
///
/// @param network   what is forecast
/// @param report    figures of the evaluation, with their breakdown
/// @param baselines breakdowns of the baselines on the same windows
/// @param sample    forecasts to draw
/// @param model     the model, for its training curves; null for a baseline
public record EvaluationPage(
        SensorNetwork network,
        EvaluationReport report,
        Map<String, Breakdown.Table> baselines,
        ForecastSample sample,
        @Nullable ForecastModel model) {

    private static final List<String> GROUP_HEADER = List.of("MAE", "RMSE", "MAPE, %", "bias", "truths");

    /// Writes all files into a folder, and creates it if needed.
    ///
    /// @throws dev.headwater.forecasting.InvalidInputException when the folder cannot be written
    public void write(Path folder) {
        List<Block> blocks = blocks();
        for (Block block : blocks) {
            if (block instanceof Block.Picture picture) {
                Plot.write(folder, picture.name(), picture.png());
            }
        }
        String title = report.model() + " on " + network.name();
        Plot.writeFile(folder, "report.md", Markdown.of(blocks).getBytes(StandardCharsets.UTF_8));
        Plot.writeFile(folder, "report.html", Html.of(title, blocks).getBytes(StandardCharsets.UTF_8));
    }

    private Breakdown.Table breakdown() {
        return Objects.requireNonNull(report.breakdown(), "the report of an offline evaluation has a breakdown");
    }

    private List<Block> blocks() {
        EvaluationPlots plots = new EvaluationPlots(network);
        List<Block> blocks = new ArrayList<>(List.of(
                new Block.Heading(1, report.model() + " on " + network.title()),
                judged(),
                new Block.Heading(2, "By lead time"),
                steps(),
                comparison(),
                plots.horizons(forecasters()),
                new Block.Heading(2, "By hour of the day"),
                plots.hours(breakdowns()),
                hours()));
        addIntervals(blocks);
        addCongestion(blocks);
        blocks.addAll(List.of(
                new Block.Heading(2, "By sensor"),
                groups("sensor", byMae(breakdown().perSensor())),
                plots.timeline(sample, median(breakdown().perSensor())),
                new Block.Heading(2, "Truth against forecast"),
                plots.scatter(sample)));
        addTraining(blocks, plots);
        return blocks;
    }

    private Block.Text judged() {
        return new Block.Text(String.format(
                Locale.ROOT,
                "%s split: %s, %s each, %s, %d abstained. Errors in %s; slots without a reading count nowhere.",
                report.split(),
                Words.count(report.sensors(), "sensor"),
                Words.count(report.windows(), "window"),
                Words.count(report.forecasts(), "forecast"),
                report.abstained(),
                network.targetMeasure().unit()));
    }

    private void addTraining(List<Block> blocks, EvaluationPlots plots) {
        List<ModelMetrics.Epoch> epochs = model == null ? null : model.metrics().epochs();
        if (epochs != null && !epochs.isEmpty()) {
            blocks.add(new Block.Heading(2, "Training"));
            blocks.add(plots.training(epochs));
        }
    }

    private Map<String, ErrorTable> forecasters() {
        Map<String, ErrorTable> all = new LinkedHashMap<>();
        all.put(report.model(), report.errors());
        report.baselines().forEach(all::putIfAbsent);
        return all;
    }

    private Map<String, Breakdown.Table> breakdowns() {
        Map<String, Breakdown.Table> all = new LinkedHashMap<>();
        all.put(report.model(), breakdown());
        baselines.forEach(all::putIfAbsent);
        return all;
    }

    private Block.Table steps() {
        List<List<String>> rows = new ArrayList<>();
        List<String> leads = leads(report.horizons());
        for (ErrorTable.Step step : report.horizons()) {
            rows.add(List.of(
                    leads.get(step.step() - 1),
                    figure(step.mae()),
                    figure(step.rmse()),
                    figure(step.mape()),
                    figure(breakdown().bias().get(step.step() - 1)),
                    String.valueOf(step.n())));
        }
        ErrorTable.Mean mean = report.mean();
        rows.add(List.of(
                "mean",
                figure(mean.mae()),
                figure(mean.rmse()),
                figure(mean.mape()),
                figure(breakdown().meanBias()),
                ""));
        return new Block.Table(header("lead"), rows);
    }

    private static List<String> leads(List<ErrorTable.Step> steps) {
        return Words.times(steps.stream().mapToDouble(ErrorTable.Step::minutes).toArray());
    }

    private Block.Table comparison() {
        List<String> header = new ArrayList<>(List.of("MAE"));
        header.addAll(leads(report.errors().shown()));
        header.add("mean");
        header.add("RMSE, mean");
        List<List<String>> rows = new ArrayList<>();
        forecasters().forEach((name, table) -> {
            List<String> row = new ArrayList<>(List.of(name));
            table.shown().forEach(step -> row.add(figure(step.mae())));
            row.add(figure(table.mean().mae()));
            row.add(figure(table.mean().rmse()));
            rows.add(row);
        });
        return new Block.Table(header, rows);
    }

    private void addIntervals(List<Block> blocks) {
        if (report.intervals().isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (IntervalReport interval : report.intervals()) {
            IntervalReport.Sensors sensors = interval.sensors();
            String level = share(interval.level());
            rows.add(interval(level, interval.coverage(), interval.width(), interval.winkler()));
            rows.add(interval(level + ", sensor with the least", sensors.min(), Double.NaN, Double.NaN));
            rows.add(interval(level + ", sensor with the most", sensors.max(), Double.NaN, Double.NaN));
            if (interval.fixed() != null) {
                IntervalScores.Row fixed = interval.fixed();
                rows.add(interval(level + ", static quantiles", fixed.coverage(), fixed.width(), fixed.winkler()));
            }
        }
        blocks.add(new Block.Heading(2, "Intervals"));
        blocks.add(new Block.Table(List.of("interval", "coverage", "mean width", "Winkler score"), rows));
    }

    private static List<String> interval(String name, double coverage, double width, double winkler) {
        return List.of(
                name,
                share(coverage),
                Double.isNaN(width) ? "" : figure(width),
                Double.isNaN(winkler) ? "" : figure(winkler));
    }

    private static String share(double value) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * value);
    }

    private Block.Table hours() {
        return groups("hour", breakdown().byHour());
    }

    private void addCongestion(List<Block> blocks) {
        Breakdown.Split split = breakdown().congestion();
        if (split == null) {
            return;
        }
        blocks.add(new Block.Heading(2, "Congestion"));
        blocks.add(new Block.Text(String.format(
                Locale.ROOT,
                "Congested: the observed speed is below %.0f %% of the sensor's 95th percentile in training.",
                100 * split.below())));
        List<List<String>> rows = new ArrayList<>();
        breakdowns().forEach((name, table) -> {
            if (table.congestion() != null) {
                table.congestion().groups().forEach(group -> rows.add(row(name + ", " + group.name(), group)));
            }
        });
        blocks.add(new Block.Table(header("truths"), rows));
    }

    private static Block.Table groups(String what, List<ErrorGroup> groups) {
        return new Block.Table(
                header(what),
                groups.stream().map(group -> row(group.name(), group)).toList());
    }

    private static List<ErrorGroup> byMae(List<ErrorGroup> groups) {
        return groups.stream()
                .sorted(Comparator.comparingDouble(ErrorGroup::mae).reversed())
                .toList();
    }

    /// The sensor with the median MAE: a typical one to show.
    private static String median(List<ErrorGroup> sensors) {
        return byMae(sensors).get(sensors.size() / 2).name();
    }

    private static List<String> header(String first) {
        List<String> header = new ArrayList<>(List.of(first));
        header.addAll(GROUP_HEADER);
        return header;
    }

    private static List<String> row(String name, ErrorGroup group) {
        return List.of(
                name,
                figure(group.mae()),
                figure(group.rmse()),
                figure(group.mape()),
                figure(group.bias()),
                String.valueOf(group.n()));
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
