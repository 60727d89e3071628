package dev.headwater.backtest.report;

import dev.headwater.backtest.ForecastSample;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.artefact.ModelMetrics;
import dev.headwater.forecasting.evaluation.Breakdown;
import dev.headwater.forecasting.evaluation.ErrorGroup;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.report.Block;
import dev.headwater.report.Plot;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// The pictures of an evaluation.
///
/// @param network the network of the forecasts
record EvaluationPlots(SensorNetwork network) {

    private static final int MAX_SCATTERS = 12;
    private static final int SCATTER_COLUMNS = 4;
    private static final int SCATTER_SIZE = 300;
    private static final int TIMELINE_WIDTH = 1400;
    private static final int TIMELINE_HEIGHT = 420;

    private String unit() {
        return network.targetMeasure().unit();
    }

    /// MAE by lead time, one line per forecaster.
    Block.Picture horizons(Map<String, ErrorTable> forecasters) {
        XYChart chart = Plot.lines("MAE by lead time", "minutes ahead", "MAE, " + unit());
        forecasters.forEach((name, table) -> Plot.line(
                chart,
                name,
                table.horizons().stream().mapToDouble(ErrorTable.Step::minutes).toArray(),
                table.horizons().stream().mapToDouble(ErrorTable.Step::mae).toArray()));
        return new Block.Picture("error-by-lead", "MAE by lead time", Plot.png(chart));
    }

    /// MAE by hour of the day, one line per forecaster.
    Block.Picture hours(Map<String, Breakdown.Table> forecasters) {
        XYChart chart = Plot.lines("MAE by hour of the day", "hour, " + network.zone(), "MAE, " + unit());
        forecasters.forEach((name, table) -> Plot.line(
                chart,
                name,
                table.byHour().stream()
                        .mapToDouble(hour -> Double.parseDouble(hour.name()))
                        .toArray(),
                table.byHour().stream().mapToDouble(ErrorGroup::mae).toArray()));
        return new Block.Picture("error-by-hour", "MAE by hour of the day", Plot.png(chart));
    }

    /// Truth against forecast, a picture per step; twelve steps at most.
    Block.Picture scatter(ForecastSample sample) {
        int count = Math.min(MAX_SCATTERS, sample.horizon());
        List<XYChart> charts = IntStream.range(0, count)
                .map(i -> (i + 1) * sample.horizon() / count - 1)
                .mapToObj(step -> scatter(sample, step))
                .toList();
        return new Block.Picture(
                "truth-against-forecast", "Truth against forecast, by step", Plot.grid(charts, SCATTER_COLUMNS));
    }

    private XYChart scatter(ForecastSample sample, int step) {
        String title = Words.time(network.minutes(step + 1));
        XYChart chart = Plot.chart(title, "truth, " + unit(), "forecast", SCATTER_SIZE, SCATTER_SIZE);
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setMarkerSize(2);
        double[] truths = sample.truths(step);
        double[] forecasts = sample.forecasts(step);
        if (truths.length > 0) {
            XYSeries points = chart.addSeries("forecasts", truths, forecasts);
            points.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
            points.setMarker(SeriesMarkers.CIRCLE);
            double[] ends = {
                DoubleStream.of(truths).min().orElseThrow(),
                DoubleStream.of(truths).max().orElseThrow()
            };
            Plot.line(chart, "truth", ends, ends);
        }
        return chart;
    }

    /// One sensor over the whole span, forecast of the last step and truth.
    Block.Picture timeline(ForecastSample sample, String sensor) {
        String lead = Words.time(network.minutes(sample.horizon()));
        String title = "Sensor %s, forecast %s ahead".formatted(sensor, lead);
        XYChart chart = Plot.chart(
                title, "days into the part", network.target() + ", " + unit(), TIMELINE_WIDTH, TIMELINE_HEIGHT);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        double[] truths = sample.lastTruths(sensor);
        double perDay = network.clock().slotsPerDay();
        double[] days =
                IntStream.range(0, truths.length).mapToDouble(i -> i / perDay).toArray();
        Plot.line(chart, "truth", days, truths);
        Plot.line(chart, "forecast", days, sample.lastForecasts(sensor));
        return new Block.Picture("one-sensor", title, Plot.png(chart));
    }

    /// Loss and validation MAE by epoch.
    Block.Picture training(List<ModelMetrics.Epoch> epochs) {
        XYChart chart = Plot.lines("Training", "epoch", "masked MAE, " + unit());
        double[] numbers =
                epochs.stream().mapToDouble(ModelMetrics.Epoch::epoch).toArray();
        Plot.line(
                chart,
                "loss",
                numbers,
                epochs.stream().mapToDouble(ModelMetrics.Epoch::loss).toArray());
        Plot.line(
                chart,
                "validation",
                numbers,
                epochs.stream().mapToDouble(ModelMetrics.Epoch::validationMae).toArray());
        return new Block.Picture("training", "Loss and validation MAE by epoch", Plot.png(chart));
    }
}
