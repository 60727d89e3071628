package dev.headwater.report;

import dev.headwater.forecasting.InvalidInputException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Draws charts as PNG, without a display.
public final class Plot {

    private static final String FORMAT = ".png";
    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;

    private static final Color FEW = new Color(0xF7FBFF);
    private static final Color MANY = new Color(0x6BAED6); // black figures are readable on it

    /// The colours of lines, in their order: those of Okabe and Ito, which colour-blind readers can tell apart. Yellow
    /// is left out, for it is too pale on white.
    public static final List<Color> OKABE_ITO = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xE69F00),
            new Color(0x56B4E9),
            Color.BLACK);

    private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 12);
    private static final BasicStroke DASHES =
            new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {6, 4}, 0);

    static {
        System.setProperty("java.awt.headless", "true"); // a server has no screen, and a chart needs none
    }

    private Plot() {}

    /// A line chart, 900 by 420 pixels.
    ///
    /// @param x title of the x axis, with its unit
    /// @param y title of the y axis, with its unit
    public static XYChart lines(String title, String x, String y) {
        XYChart chart = chart(title, x, y, WIDTH, HEIGHT);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setMarkerSize(0);
        return chart;
    }

    /// A chart of any size.
    ///
    /// @param width  pixels
    /// @param height pixels
    public static XYChart chart(String title, String x, String y, int width, int height) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(height)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .theme(ChartTheme.XChart)
                .build();
        plain(chart.getStyler(), title);
        return chart;
    }

    /// A chart for a small picture: small letters, the legend in a row below.
    ///
    /// @param width  pixels
    /// @param height pixels
    public static XYChart panel(String title, String x, String y, int width, int height) {
        XYChart chart = chart(title, x, y, width, height);
        small(chart.getStyler());
        chart.getStyler().setPlotMargin(0).setMarkerSize(0);
        return chart;
    }

    /// Small letters and narrow margins, the legend in a row below.
    static void small(AxesChartStyler styler) {
        styler.setAxisTitleFont(SMALL).setAxisTickLabelsFont(SMALL).setAxisTitlePadding(5);
        styler.setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Horizontal);
        styler.setLegendFont(SMALL).setLegendPadding(5).setLegendBorderColor(Color.WHITE);
        styler.setChartTitleFont(TITLE).setChartTitlePadding(4).setChartPadding(6);
    }

    /// A heat map: darker cells have larger values.
    ///
    /// @param width  pixels
    /// @param height pixels
    public static HeatMapChart cells(String title, String x, String y, int width, int height) {
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(width)
                .height(height)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .theme(ChartTheme.XChart)
                .build();
        plain(chart.getStyler(), title);
        chart.getStyler().setRangeColors(new Color[] {FEW, MANY});
        return chart;
    }

    private static void plain(Styler styler, String title) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setChartTitleVisible(!title.isEmpty());
        styler.setSeriesColors(OKABE_ITO.toArray(Color[]::new));
    }

    /// Adds a line without markers.
    ///
    /// @param name for the legend
    /// @param y    as many values as `x`
    public static void line(XYChart chart, String name, double[] x, double[] y) {
        chart.addSeries(name, x, y).setMarker(SeriesMarkers.NONE);
    }

    /// Adds a dashed black line without markers, for what the other lines are compared with.
    ///
    /// @param name for the legend
    /// @param y    as many values as `x`
    public static void dashed(XYChart chart, String name, double[] x, double[] y) {
        line(chart, name, x, y);
        chart.getSeries(name).setLineStyle(DASHES).setLineColor(Color.BLACK);
    }

    /// Draws the chart as PNG.
    public static byte[] png(IChart chart) {
        return IndexedPng.encoded(BitmapEncoder.getBufferedImage(chart));
    }

    /// Draws charts in a grid as one PNG; a row is as high and a column as wide as its largest chart.
    ///
    /// @param columns charts per row
    public static byte[] grid(List<? extends IChart> charts, int columns) {
        return new ChartGrid(charts, columns, "").png();
    }

    /// Draws charts in a grid as [#grid(List, int)] does, with a heading above all and each chart's title above it.
    /// Titles that charts draw themselves are left out: they take more or less room by their letters, so that the
    /// charts of a row would not stand at the same height.
    ///
    /// @param heading for all charts, in one line
    public static byte[] grid(List<XYChart> charts, int columns, String heading) {
        charts.forEach(chart -> chart.getStyler().setChartTitleVisible(false));
        return new ChartGrid(charts, columns, heading).png();
    }

    /// Makes a picture smaller: at most 48 colours, no dithering, best compression.
    ///
    /// @param png content of a PNG file
    /// @throws IllegalArgumentException when that is no PNG
    public static byte[] compact(byte[] png) {
        return IndexedPng.of(png);
    }

    /// Writes a picture as a file, as [#writeFile] does.
    ///
    /// @param name file name without extension
    /// @return the file
    /// @throws InvalidInputException when the folder cannot be written
    public static Path write(Path folder, String name, byte[] png) {
        return writeFile(folder, name + FORMAT, png);
    }

    /// Writes a file atomically and creates its folder.
    ///
    /// @param name file name with extension
    /// @return the file
    /// @throws InvalidInputException when the folder cannot be written
    public static Path writeFile(Path folder, String name, byte[] bytes) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            Path temporary = folder.resolve("." + name + ".part");
            Files.write(temporary, bytes);
            return Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new InvalidInputException(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
