package dev.headwater.lab.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.audio.Confusion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the pictures do with data out of the ordinary.
class OddPlotsTest {

    /// A training that diverges, data that never change, a sensor that was silent throughout.
    static Stream<byte[]> oddPictures() {
        double nan = Double.NaN;
        double[] at = {1, 2, 3};
        CurvePanel diverged = new CurvePanel("loss", new double[] {3, 1e30, Double.POSITIVE_INFINITY}, new double[0]);
        CurvePanel never = new CurvePanel("MAE", new double[] {nan, nan, nan}, new double[] {nan, nan, nan}, nan);
        float[] silent = new float[2_000];
        Arrays.fill(silent, Float.NaN);
        float[] constant = new float[2_000];
        return Stream.of(
                CurvePlots.sideBySide("epoch", at, diverged, never),
                CurvePlots.sideBySide(
                        "epoch",
                        at,
                        new CurvePanel("loss", at, at),
                        new CurvePanel("none", new double[0], new double[0])),
                CurvePlots.comparison("epoch", "MAE", Map.of("row", new double[] {nan})),
                ScatterPlots.byHorizon("mph", List.of("5 min"), List.of(constant), List.of(constant)),
                SeriesPlots.sensor("Sensor", "mph", 288, silent, constant),
                SeriesPlots.sensor("Sensor", "mph", 288, new float[1], new float[1]),
                SeriesPlots.forecast("value", 0, constant, constant),
                SeriesPlots.generated(constant, new float[1], constant),
                SeriesPlots.wholeAndDays("Density", "g/m3", 144, silent, 10),
                SoundPlots.waveforms(List.of("silence"), List.of(constant), 16_000),
                SoundPlots.confusion(Confusion.of(List.of("yes"), new int[1][1])),
                RatePlots.sweep("loss", at, new double[3], 1));
    }

    @ParameterizedTest
    @MethodSource("oddPictures")
    void drawsOddDataToo(byte[] png) throws IOException {
        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getHeight()).isPositive();
    }

    private record Fault(String message, ThrowingCallable call) {
        @Override
        public String toString() {
            return message;
        }
    }

    static Stream<Fault> faults() {
        float[] two = new float[2];
        float[] three = new float[3];
        CurvePanel none = new CurvePanel("loss", new double[0], new double[0]);
        CurvePanel short1 = new CurvePanel("loss", new double[1], new double[0]);
        return Stream.of(
                new Fault(
                        "training must have as many values as epochs, 20: 1",
                        () -> CurvePlots.sideBySide("epoch", new double[20], short1, none)),
                new Fault("epochs must not be empty", () -> CurvePlots.sideBySide("epoch", new double[0], none, none)),
                new Fault("rows must not be empty", () -> CurvePlots.comparison("epoch", "MAE", Map.of())),
                new Fault(
                        "predicted at 5 min must have as many values as actual, 3: 2",
                        () -> ScatterPlots.byHorizon("mph", List.of("5 min"), List.of(three), List.of(two))),
                new Fault(
                        "actual must have as many values as titles, 1: 0",
                        () -> ScatterPlots.byHorizon("mph", List.of("5 min"), List.of(), List.of(two))),
                new Fault(
                        "forecast must have as many values as actual, 2: 3",
                        () -> SeriesPlots.sensor("Sensor", "mph", 288, two, three)),
                new Fault(
                        "forecast must have as many values as actual, 2: 3",
                        () -> SeriesPlots.forecast("value", 0, two, three)),
                new Fault("days must be from 1 to 3: 4", () -> SeriesPlots.wholeAndDays("A", "g", 1, three, 4)),
                new Fault("given must not be empty", () -> SeriesPlots.generated(two, new float[0], two)),
                new Fault(
                        "samples must have as many values as titles, 1: 2",
                        () -> SoundPlots.waveforms(List.of("go"), List.of(two, two), 16_000)),
                new Fault(
                        "losses must have as many values as rates, 2: 1",
                        () -> RatePlots.sweep("loss", new double[2], new double[1], 1)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void namesWhatDoesNotBelongTogether(Fault fault) {
        assertThatThrownBy(fault.call())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(fault.message());
    }
}
