package dev.headwater.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;

class PlotTest {

    private static XYChart chart(int width, int height) {
        XYChart chart = Plot.panel("Eight lines", "epoch", "MAE, mph", width, height);
        double[] x = {1, 2, 3};
        IntStream.rangeClosed(1, 7).forEach(line -> Plot.line(chart, "line " + line, x, new double[] {line, 3, line}));
        Plot.dashed(chart, "naive", x, new double[] {2.5, 2.5, 2.5});
        return chart;
    }

    private static BufferedImage decoded(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @Test
    void aCompactPictureIsSmallerAndKeepsItsMainColours() throws IOException {
        // Given
        byte[] png = Plot.png(chart(640, 300));

        // When
        byte[] compact = Plot.compact(png);

        // Then
        assertThat(compact.length).isLessThan(png.length / 2);
        int[] colours = Arrays.stream(pixels(decoded(compact))).distinct().toArray();
        assertThat(colours).hasSizeBetween(10, 48).contains(Color.WHITE.getRGB());
        assertThat(colours)
                .contains(Plot.OKABE_ITO.stream().mapToInt(Color::getRGB).toArray());
    }

    @Test
    void aPictureOfFewColoursStaysAsItIs() throws IOException {
        // Given
        BufferedImage image = new BufferedImage(7, 5, BufferedImage.TYPE_INT_RGB);
        IntStream.range(0, 35).forEach(i -> image.setRGB(i % 7, i / 7, 0x010203 * i));

        // When
        byte[] compact = Plot.compact(IndexedPng.encoded(image));

        // Then
        assertThat(pixels(decoded(compact))).containsExactly(pixels(image));
    }

    @Test
    void compactsTheSamePictureToTheSameBytes() {
        byte[] png = Plot.png(chart(640, 300));
        assertThat(Plot.compact(png)).isEqualTo(Plot.compact(png));
    }

    @Test
    void refusesWhatIsNoPicture() {
        assertThatThrownBy(() -> Plot.compact(new byte[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("png must be a picture");
    }

    @Test
    void aGridHasRoomForItsLargestCharts() throws IOException {
        // Given
        List<XYChart> charts = List.of(chart(200, 150), chart(220, 140), chart(210, 160));

        // When
        BufferedImage plain = decoded(Plot.grid(charts, 2));
        BufferedImage headed = decoded(Plot.grid(charts, 2, "Three charts"));

        // Then
        assertThat(plain.getWidth()).isEqualTo(210 + 220);
        assertThat(plain.getHeight()).isEqualTo(150 + 160);
        assertThat(headed.getWidth()).isEqualTo(plain.getWidth());
        assertThat(headed.getHeight()).isGreaterThan(plain.getHeight());
    }
}
