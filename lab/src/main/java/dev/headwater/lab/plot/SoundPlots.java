package dev.headwater.lab.plot;

import dev.headwater.forecasting.audio.Confusion;
import dev.headwater.report.ConfusionChart;
import dev.headwater.report.Plot;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/// Pictures of spoken words and of how they were told apart, as PNG.
public final class SoundPlots {

    private static final int COLUMNS = 3;
    private static final int WIDTH = 213;
    private static final int HEIGHT = 114;
    private static final int PIECES = 250; // more than a panel has pixels, for a line without gaps
    private static final int LABEL_SPACING = 35;
    private static final int CONFUSION_WIDTH = 640;
    private static final int CONFUSION_HEIGHT = 400;

    private SoundPlots() {}

    /// Waveforms, three in a row and 639 pixels wide, 130 pixels per row; the same axes in all.
    ///
    /// @param titles  the words
    /// @param samples of each word, from -1 to 1
    /// @param rate    samples per second
    /// @throws IllegalArgumentException when there is no word, or a word without samples or without title
    public static byte[] waveforms(List<String> titles, List<float[]> samples, int rate) {
        Lengths.same("samples", samples.size(), "titles", titles.size());
        List<XYChart> charts = IntStream.range(0, titles.size())
                .mapToObj(i -> waveform(titles.get(i), samples.get(i), rate))
                .toList();
        Axes.same(charts);
        return Plot.compact(Plot.grid(charts, COLUMNS, "Amplitude over time, s"));
    }

    private static XYChart waveform(String title, float[] samples, int rate) {
        Lengths.some("samples of " + title, samples.length);
        XYChart chart = Plot.panel(title, "", "", WIDTH, HEIGHT);
        chart.getStyler().setXAxisTickMarkSpacingHint(LABEL_SPACING);
        chart.getStyler().setLegendVisible(false);
        Thinned points = Thinned.of(samples, 0, samples.length, PIECES, rate);
        Plot.line(chart, title, points.x(), points.y());
        chart.getSeries(title).setLineWidth(1);
        return chart;
    }

    /// A confusion matrix with the counts in its cells, 640 by 400 pixels; the title names the two words that are
    /// hardest to tell apart.
    public static byte[] confusion(Confusion confusion) {
        return Plot.compact(Plot.png(ConfusionChart.small(confusion, CONFUSION_WIDTH, CONFUSION_HEIGHT)));
    }
}
