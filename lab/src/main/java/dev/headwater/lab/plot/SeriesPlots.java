package dev.headwater.lab.plot;

import dev.headwater.report.Plot;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/// Pictures of series over time, as PNG.
public final class SeriesPlots {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 300;
    private static final int PANEL_HEIGHT = 180;
    private static final int LEGEND_HEIGHT = 24;
    private static final int DAYS_OF_WEEK = 7;
    private static final int PIECES = 560; // pixels that a panel has for its lines
    private static final BasicStroke THIN = new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL);
    private static final BasicStroke MEDIUM = new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL);
    private static final Color BLUE = Plot.OKABE_ITO.get(0);
    private static final Color VERMILLION = Plot.OKABE_ITO.get(1);

    private SeriesPlots() {}

    /// A sensor over a whole part and over a week in its middle, one above the other; 640 by 384 pixels.
    ///
    /// @param title    `Sensor 400001, forecast 1 hour ahead`
    /// @param quantity title of the y axes, with the unit: `speed, mph`
    /// @param perDay   values of a day
    /// @param actual   a value per slot; NaN where there is none
    /// @param forecast as many values, each for the slot of the actual value
    /// @throws IllegalArgumentException when the lengths differ or are 0
    public static byte[] sensor(String title, String quantity, int perDay, float[] actual, float[] forecast) {
        Lengths.same("forecast", forecast.length, "actual", actual.length);
        int week = DAYS_OF_WEEK * perDay;
        int from = Math.max(0, (actual.length - week) / 2 / perDay * perDay); // at midnight, if the part begins there
        int to = Math.min(actual.length, from + week);
        XYChart whole = panel(title, quantity, PANEL_HEIGHT);
        XYChart part = panel("A week of it", quantity, PANEL_HEIGHT + LEGEND_HEIGHT);
        part.getStyler().setLegendVisible(true);
        part.setXAxisTitle("days since the start of the test part");
        for (XYChart chart : List.of(whole, part)) {
            int first = chart == whole ? 0 : from;
            int last = chart == whole ? actual.length : to;
            Axes.across(chart, (double) first / perDay, (double) last / perDay);
            draw(chart, "actual", Thinned.of(actual, first, last, PIECES, perDay), BLUE, THIN);
            draw(chart, "forecast", Thinned.of(forecast, first, last, PIECES, perDay), VERMILLION, THIN);
        }
        return Plot.compact(Plot.grid(List.of(whole, part), 1));
    }

    /// A measure over the whole span and over its first days, one above the other; 640 by 360 pixels.
    ///
    /// @param title    `Air density`
    /// @param quantity title of the y axes, with the unit: `air density, g/m3`
    /// @param perDay   values of a day
    /// @param values   a value per slot; NaN where there is none
    /// @param days     days in the second panel
    /// @throws IllegalArgumentException when there are no values, or fewer than `days` of them
    public static byte[] wholeAndDays(String title, String quantity, int perDay, float[] values, int days) {
        Lengths.some("values", values.length);
        if (days < 1 || days * perDay > values.length) {
            throw new IllegalArgumentException("days must be from 1 to " + values.length / perDay + ": " + days);
        }
        XYChart whole = panel(title, quantity, PANEL_HEIGHT);
        XYChart part = panel("The first " + days + " days", quantity, PANEL_HEIGHT);
        part.setXAxisTitle("days");
        Axes.across(whole, 0, (double) values.length / perDay);
        Axes.across(part, 0, days);
        draw(whole, "whole", Thinned.of(values, 0, values.length, PIECES, perDay), BLUE, THIN);
        draw(part, "days", Thinned.of(values, 0, days * perDay, PIECES, perDay), BLUE, MEDIUM);
        return Plot.compact(Plot.grid(List.of(whole, part), 1));
    }

    /// Forecast and truth over a span, 640 by 300 pixels.
    ///
    /// @param quantity  title of the y axis
    /// @param firstStep number of the first step
    /// @throws IllegalArgumentException when the lengths differ or are 0
    public static byte[] forecast(String quantity, int firstStep, float[] actual, float[] forecast) {
        Lengths.same("forecast", forecast.length, "actual", actual.length);
        XYChart chart = panel("", quantity, HEIGHT);
        chart.setXAxisTitle("step");
        chart.getStyler().setLegendVisible(true);
        double[] steps = steps(firstStep, actual.length);
        Axes.across(chart, firstStep, firstStep + actual.length);
        draw(chart, "actual", new Thinned(steps, doubles(actual)), BLUE, MEDIUM);
        draw(chart, "forecast", new Thinned(steps, doubles(forecast)), VERMILLION, MEDIUM);
        return Plot.compact(Plot.png(chart));
    }

    /// The real series above the generated one, with the same axes; 640 by 384 pixels.
    ///
    /// @param real      values of the series
    /// @param given     values from which generation started
    /// @param generated values that follow the given ones
    /// @throws IllegalArgumentException when one of them is empty
    public static byte[] generated(float[] real, float[] given, float[] generated) {
        Map.of("real", real, "given", given, "generated", generated)
                .forEach((name, values) -> Lengths.some(name, values.length));
        XYChart above = panel("The series", "value", PANEL_HEIGHT);
        draw(above, "series", new Thinned(steps(0, real.length), doubles(real)), BLUE, MEDIUM);
        XYChart below = panel("Generated", "value", PANEL_HEIGHT + LEGEND_HEIGHT);
        below.setXAxisTitle("step");
        below.getStyler().setLegendVisible(true);
        draw(below, "given", new Thinned(steps(0, given.length), doubles(given)), VERMILLION, MEDIUM);
        double[] after = DoubleStream.concat(
                        DoubleStream.of(given[given.length - 1]), DoubleStream.of(doubles(generated)))
                .toArray(); // the line goes on from the last value given
        draw(below, "generated", new Thinned(steps(given.length - 1, after.length), after), BLUE, MEDIUM);
        Axes.same(List.of(above, below));
        return Plot.compact(Plot.grid(List.of(above, below), 1));
    }

    private static XYChart panel(String title, String quantity, int height) {
        XYChart chart = Plot.panel(title, "", quantity, WIDTH, height);
        chart.getStyler().setLegendVisible(false);
        return chart;
    }

    private static void draw(XYChart chart, String name, Thinned points, Color colour, BasicStroke stroke) {
        Plot.line(chart, name, points.x(), points.y());
        XYSeries series = chart.getSeries(name);
        series.setLineColor(colour).setLineStyle(stroke);
    }

    private static double[] steps(int first, int count) {
        return IntStream.range(first, first + count).mapToDouble(step -> step).toArray();
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
