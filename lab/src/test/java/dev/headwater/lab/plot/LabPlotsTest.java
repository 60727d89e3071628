package dev.headwater.lab.plot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.audio.Confusion;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every picture of a lab report, drawn from series like those of the documents.
class LabPlotsTest {

    private static final int MAX_BYTES = 35_000;
    private static final double[] EPOCHS =
            IntStream.rangeClosed(1, 20).mapToDouble(epoch -> epoch).toArray();

    private record Drawn(String name, byte[] png, int width, int height) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static double[] falling(int count, double from, double to, double noise) {
        Random random = new Random(count);
        return IntStream.range(0, count)
                .mapToDouble(i -> to + (from - to) * Math.exp(-5.0 * i / count) + noise * random.nextGaussian())
                .toArray();
    }

    private static float[] series(int count, IntToDoubleFunction value) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) value.applyAsDouble(i);
        }
        return values;
    }

    private static float[] speeds(int count, double noise, int seed) {
        Random random = new Random(seed);
        return series(count, i -> {
            double hour = i % 288 / 12.0;
            double weekday = i / 288 % 7 < 5 ? 1 : 0.15;
            double jam =
                    35 * Math.exp(-Math.pow((hour - 8) / 1.2, 2)) + 25 * Math.exp(-Math.pow((hour - 17.5) / 1.5, 2));
            return 68 - weekday * jam * (0.7 + 0.3 * Math.sin(i / 288)) + noise * random.nextGaussian();
        });
    }

    private static byte[] curves() {
        return CurvePlots.sideBySide(
                "epoch",
                EPOCHS,
                new CurvePanel("loss, MSE", falling(20, 40, 6, 0.3), falling(20, 30, 9, 0.8)),
                new CurvePanel("MAE, degC", falling(20, 5, 1.9, 0.05), falling(20, 4, 2.41, 0.05), 2.44));
    }

    private static byte[] oneEpoch() {
        return CurvePlots.sideBySide(
                "epoch",
                new double[] {1},
                new CurvePanel("loss", new double[] {2.07}, new double[] {1.9}),
                new CurvePanel("accuracy, %", new double[] {14}, new double[] {22}, 12.5));
    }

    private static byte[] iterations() {
        double[] at = IntStream.range(0, 1_500).mapToDouble(i -> i).toArray();
        return CurvePlots.sideBySide(
                "iteration",
                at,
                new CurvePanel("loss, MSE", falling(1_500, 14, 0.12, 0.02), new double[0]),
                new CurvePanel("RMSE", falling(1_500, 3.7, 0.36, 0.02), falling(1_500, 3.8, 0.4, 0.01), 0.9));
    }

    private static byte[] comparison() {
        Map<String, double[]> rows = new LinkedHashMap<>();
        rows.put("speech-rnn", falling(20, 12, 21, 1));
        rows.put("speech-lstm", falling(20, 12, 52, 2));
        rows.put("speech-gru", falling(20, 14, 71, 2));
        rows.put("speech-bilstm", falling(15, 20, 88, 1));
        return CurvePlots.comparison("epoch", "accuracy on validation, %", rows);
    }

    private static byte[] confusion() {
        Random random = new Random(1);
        int[][] counts = new int[8][8];
        for (int said = 0; said < 8; said++) {
            for (int heard = 0; heard < 8; heard++) {
                counts[said][heard] = said == heard ? 90 + random.nextInt(15) : random.nextInt(6);
            }
        }
        counts[1][3] = 17;
        return SoundPlots.confusion(
                Confusion.of(List.of("down", "go", "left", "no", "right", "stop", "up", "yes"), counts));
    }

    private static byte[] waveforms() {
        Random random = new Random(2);
        List<String> words = List.of("down", "go", "left", "no", "right", "stop", "up", "yes", "go");
        List<float[]> samples = IntStream.range(0, 9)
                .mapToObj(word -> series(16_000, i -> {
                    double envelope = Math.exp(-Math.pow((i - 6_000 - 400 * word) / 2_500.0, 2)) * (0.3 + word / 14.0);
                    return envelope * Math.sin(i / (6.0 + word)) + 0.01 * random.nextGaussian();
                }))
                .toList();
        return SoundPlots.waveforms(words, samples, 16_000);
    }

    private static byte[] scatters() {
        List<String> titles =
                IntStream.rangeClosed(1, 12).mapToObj(step -> 5 * step + " min").toList();
        float[] actual = speeds(170_000, 3, 3);
        List<float[]> predicted = IntStream.rangeClosed(1, 12)
                .mapToObj(step -> {
                    Random random = new Random(step);
                    return series(
                            170_000,
                            i -> actual[i] + (0.6 + step * 0.35) * random.nextGaussian() * (actual[i] < 50 ? 3 : 1));
                })
                .toList();
        return ScatterPlots.byHorizon("speed, mph", titles, Collections.nCopies(12, actual), predicted);
    }

    private static byte[] sensor() {
        float[] actual = speeds(10_419, 2, 4);
        Arrays.fill(actual, 5_000, 5_200, Float.NaN);
        return SeriesPlots.sensor(
                "Sensor 400001, forecast 1 hour ahead", "speed, mph", 288, actual, speeds(10_419, 1, 5));
    }

    private static byte[] density() {
        Random random = new Random(6);
        return SeriesPlots.wholeAndDays(
                "Air density",
                "air density, g/m3",
                144,
                series(
                        420_551,
                        i -> 1_215
                                + 45 * Math.cos(2 * Math.PI * i / 144 / 365.25)
                                + 18 * Math.cos(2 * Math.PI * i / 144)
                                + 12 * Math.sin(i / 144.0 / 3)
                                + 2 * random.nextGaussian()),
                10);
    }

    private static double synthetic(int i, Random random) {
        double season = i % 365 / 365.0;
        double wave = season < 0.4 ? Math.cos(season * 2 * Math.PI) : Math.exp(-3 * season);
        return 10 + 0.05 * i + 40 * wave + 5 * random.nextGaussian();
    }

    private static byte[] forecast() {
        Random random = new Random(7);
        float[] actual = series(461, i -> synthetic(1_000 + i, random));
        Random other = new Random(8);
        float[] forecast = series(461, i -> synthetic(1_000 + i, other));
        return SeriesPlots.forecast("value", 1_000, actual, forecast);
    }

    private static double sine(double t) {
        return t * Math.sin(t) / 3 + 2 * Math.sin(5 * t);
    }

    private static byte[] generated() {
        return SeriesPlots.generated(
                series(300, i -> sine(i / 10.0)), new float[20], series(300, i -> 0.8 * sine(i / 9.5)));
    }

    private static byte[] sweep() {
        double[] rates = IntStream.range(0, 100)
                .mapToDouble(epoch -> 1e-8 * Math.pow(10, epoch / 20.0))
                .toArray();
        Random random = new Random(9);
        double[] losses = DoubleStream.of(rates)
                .map(rate -> 8 + 30 * Math.exp(-rate / 2e-7) + random.nextDouble() + Math.pow(rate / 2e-5, 2))
                .toArray();
        losses[99] = Double.NaN;
        return RatePlots.sweep("Huber loss", rates, losses, 4e-6);
    }

    static Stream<Drawn> pictures() {
        return Stream.of(
                new Drawn("curves", curves(), 640, 280),
                new Drawn("one-epoch", oneEpoch(), 640, 280),
                new Drawn("iterations", iterations(), 640, 280),
                new Drawn("comparison", comparison(), 640, 320),
                new Drawn("confusion", confusion(), 640, 400),
                new Drawn("waveforms", waveforms(), 639, 414),
                new Drawn("scatters", scatters(), 720, 552),
                new Drawn("sensor", sensor(), 640, 384),
                new Drawn("density", density(), 640, 360),
                new Drawn("forecast", forecast(), 640, 300),
                new Drawn("generated", generated(), 640, 384),
                new Drawn("sweep", sweep(), 640, 300));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void isSmallAndNotBlank(Drawn drawn) throws IOException {
        // When
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(drawn.png()));

        // Then
        assertThat(image.getWidth()).isEqualTo(drawn.width());
        assertThat(image.getHeight()).isEqualTo(drawn.height());
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        assertThat(Arrays.stream(pixels).distinct().count()).isBetween(5L, 48L);
        assertThat(drawn.png()).hasSizeLessThan(MAX_BYTES);
    }
}
