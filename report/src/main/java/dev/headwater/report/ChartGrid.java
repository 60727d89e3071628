package dev.headwater.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.internal.chartpart.IChart;

/// Charts side by side and below each other in one picture.
///
/// @param columns charts per row
/// @param heading above all, and each chart's title above it; empty for neither
record ChartGrid(List<? extends IChart> charts, int columns, String heading) {

    private static final int HEADING_HEIGHT = 24;
    private static final int TITLE_HEIGHT = 16;
    private static final Font HEADING = new Font(Font.SANS_SERIF, Font.BOLD, 13);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    /// Draws the charts as PNG; a row is as high and a column as wide as its largest chart.
    byte[] png() {
        int width = left(Math.min(columns, charts.size()));
        int height = top(Math.ceilDiv(charts.size(), columns));
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(Color.BLACK);
        graphics.setFont(HEADING);
        centred(graphics, heading, width / 2, HEADING_HEIGHT);
        graphics.setFont(TITLE);
        IntStream.range(0, charts.size()).forEach(i -> draw(graphics, i));
        graphics.dispose();
        return IndexedPng.encoded(image);
    }

    private void draw(Graphics2D graphics, int i) {
        IChart chart = charts.get(i);
        int left = left(i % columns);
        int top = top(i / columns) + titleHeight();
        graphics.drawImage(BitmapEncoder.getBufferedImage(chart), left, top, null);
        if (!heading.isEmpty()) {
            centred(graphics, chart.getTitle(), left + chart.getWidth() / 2, top);
        }
    }

    private int titleHeight() {
        return heading.isEmpty() ? 0 : TITLE_HEIGHT;
    }

    /// Left end of a column.
    private int left(int column) {
        return IntStream.range(0, column)
                .map(before -> largest(i -> i % columns == before, IChart::getWidth))
                .sum();
    }

    /// Upper end of a row, where the titles of its charts begin.
    private int top(int row) {
        int rows = IntStream.range(0, row)
                .map(before -> titleHeight() + largest(i -> i / columns == before, IChart::getHeight))
                .sum();
        return (heading.isEmpty() ? 0 : HEADING_HEIGHT) + rows;
    }

    private int largest(IntPredicate which, ToIntFunction<IChart> size) {
        return IntStream.range(0, charts.size())
                .filter(which)
                .map(i -> size.applyAsInt(charts.get(i)))
                .max()
                .orElseThrow();
    }

    /// @param bottom lower end of the strip that holds the text
    private static void centred(Graphics2D graphics, String text, int centre, int bottom) {
        int left = centre - graphics.getFontMetrics().stringWidth(text) / 2;
        graphics.drawString(text, left, bottom - graphics.getFontMetrics().getDescent());
    }
}
