package dev.headwater.report;

import dev.headwater.forecasting.InvalidInputException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Draws charts as PNG, without a display.
public final class Plot {

    private static final String FORMAT = ".png";
    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;

    private static final Color FEW = new Color(0xF7FBFF);
    private static final Color MANY = new Color(0x2171B5);

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
    }

    /// Adds a line without markers.
    ///
    /// @param name for the legend
    /// @param y    as many values as `x`
    public static void line(XYChart chart, String name, double[] x, double[] y) {
        chart.addSeries(name, x, y).setMarker(SeriesMarkers.NONE);
    }

    /// Draws the chart as PNG.
    public static byte[] png(IChart chart) {
        try {
            return BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG);
        } catch (IOException e) {
            throw new IllegalStateException("a chart cannot be drawn", e);
        }
    }

    /// Draws square charts in a grid as one PNG.
    ///
    /// @param columns charts per row
    /// @param size    width and height of each chart in pixels
    public static byte[] grid(List<XYChart> charts, int columns, int size) {
        int rows = Math.ceilDiv(charts.size(), columns);
        BufferedImage image =
                new BufferedImage(Math.min(columns, charts.size()) * size, rows * size, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < charts.size(); i++) {
            int x = i % columns * size;
            int y = i / columns * size;
            graphics.drawImage(BitmapEncoder.getBufferedImage(charts.get(i)), x, y, null);
        }
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new IllegalStateException("charts cannot be drawn", e);
        }
        return out.toByteArray();
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
