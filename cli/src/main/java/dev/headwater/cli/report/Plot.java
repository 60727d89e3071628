package dev.headwater.cli.report;

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
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Charts as PNG, drawn without a screen.
final class Plot {

    private static final String FORMAT = ".png";
    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;

    private Plot() {}

    /// A chart of lines.
    static XYChart lines(String title, String x, String y) {
        XYChart chart = chart(title, x, y, WIDTH, HEIGHT);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setMarkerSize(0);
        return chart;
    }

    /// A chart of any size.
    ///
    /// @param width  pixels
    /// @param height pixels
    static XYChart chart(String title, String x, String y, int width, int height) {
        System.setProperty("java.awt.headless", "true"); // a server has no screen, and a chart needs none
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(height)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .theme(ChartTheme.XChart)
                .build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setChartTitleVisible(!title.isEmpty());
        return chart;
    }

    /// A line without markers.
    static void line(XYChart chart, String name, double[] x, double[] y) {
        chart.addSeries(name, x, y).setMarker(SeriesMarkers.NONE);
    }

    /// The chart as PNG.
    static byte[] png(XYChart chart) {
        try {
            return BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG);
        } catch (IOException e) {
            throw new IllegalStateException("a chart cannot be drawn", e);
        }
    }

    /// Square charts side by side as one PNG.
    ///
    /// @param columns charts in a row
    /// @param size    pixels of a side of each
    static byte[] grid(List<XYChart> charts, int columns, int size) {
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

    /// Writes a file whole or not at all, its folder besides.
    ///
    /// @param name without its ending
    static Path write(Path folder, String name, byte[] png) {
        return writeFile(folder, name + FORMAT, png);
    }

    /// Writes a file whole or not at all, its folder besides.
    ///
    /// @throws InvalidInputException when the folder cannot be written
    static Path writeFile(Path folder, String name, byte[] bytes) {
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
