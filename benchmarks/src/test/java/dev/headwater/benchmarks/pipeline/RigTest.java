package dev.headwater.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.headwater.benchmarks.pipeline.StreamCase.Engine;
import dev.headwater.benchmarks.stream.Answers;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.forecasting.Forecast;
import dev.headwater.streams.Guarantee;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RigTest {

    private static final int SENSORS = 10;
    private static final int END = 20; // slots that are sent

    @TempDir
    private Path folder;

    private static StreamCase by(Engine engine) {
        return StreamCase.of(Guarantee.EXACTLY_ONCE, SENSORS).by(engine);
    }

    private Samples answered(StreamCase one) throws Exception {
        Samples samples = new Samples(one.network(), SENSORS);
        try (Rig rig = Rig.open(one, folder, samples)) {
            int next = rig.fill();
            rig.flow().send(0, SENSORS, next, END);
            rig.flow().awaitForecasts();
            assertThat(rig.host().usage().streamNanos()).isPositive();
        }
        return samples;
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"KERNELS", "ONNX_RUNTIME"})
    void theStreamMakesTheForecastsOfAnEvaluation(Engine engine) throws Exception {
        // Given
        StreamCase one = by(engine);

        // When
        Samples samples = answered(one);

        // Then
        assertThat(samples.count()).isEqualTo(SENSORS * (END - 11));
        assertThat(samples.requireAsOffline()).isLessThan(1e-5);
        Forecast forecast =
                new ForecastCodec(one.network()).decode(samples.values().getFirst());
        assertThat(forecast.intervals()).hasSize(2);
        assertThat(Files.list(folder)).isEmpty();
    }

    @Test
    void aForecastThatIsNotTheOfflineOneIsFound() throws Exception {
        // Given
        StreamCase one = by(Engine.KERNELS);
        ForecastCodec codec = new ForecastCodec(one.network());
        byte[] right = answered(one).values().getFirst();
        float value = codec.decode(right).values()[0];
        String text = new String(right, StandardCharsets.UTF_8);
        byte[] wrong = text.replaceFirst(Float.toString(value), Float.toString(value + 0.01f))
                .getBytes(StandardCharsets.UTF_8);
        Samples samples = new Samples(one.network(), SENSORS);

        // When
        samples.add(0, 11, wrong);

        // Then
        assertThatIllegalStateException()
                .isThrownBy(samples::requireAsOffline)
                .withMessageStartingWith("forecasts must be those made offline");
    }

    @Test
    void thePlainLoopAnswersEachReadingWithAValueOfTheFile() throws Exception {
        // Given
        List<byte[]> values = List.of("one".getBytes(StandardCharsets.UTF_8), "other".getBytes(StandardCharsets.UTF_8));
        ValueFile.write(folder, values);

        // When
        long answers;
        long bytes;
        try (Rig rig = Rig.open(by(Engine.PLAIN_LOOP), folder, Answers.IGNORED)) {
            rig.flow().send(0, SENSORS, 0, END);
            rig.flow().awaitForecasts();
            answers = rig.flow().forecasts();
            bytes = rig.flow().bytes();
        }

        // Then
        assertThat(answers).isEqualTo(SENSORS * END);
        assertThat(bytes / answers - 6).isBetween(3L, 5L); // without the key
    }
}
