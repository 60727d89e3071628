package dev.headwater.forecasting.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.GruForecaster;
import dev.headwater.forecasting.artefact.ModelFile;
import dev.headwater.forecasting.artefact.Models;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.WindowBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `docs/embed.md` holds the programs in `docs/embed/`, word for word, and they work with the class path of this
/// module: without Kafka and DL4J.
class EmbedPageTest {

    private static final Path DOCS = Path.of("..", "docs");

    @TempDir
    private Path folder;

    private String run(String program, Path input, String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                DOCS.resolve("embed").resolve(program).toString()));
        command.addAll(List.of(arguments));
        int code = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        assertThat(code).as(Files.readString(err)).isZero();
        return Files.readString(out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EmbeddedForecasts.java", "OwnForecaster.java"})
    void thePageShowsThePrograms(String program) throws IOException {
        // When
        String page = Files.readString(DOCS.resolve("embed.md"));

        // Then
        assertThat(page).contains("```java\n" + Files.readString(DOCS.resolve("embed/" + program)) + "```");
    }

    @Test
    void theClassPathHasNeitherKafkaNorDl4j() {
        assertThat(System.getProperty("java.class.path")).doesNotContain("kafka", "deeplearning4j", "nd4j");
    }

    @Test
    void theFirstProgramForecastsWhatTheModelDoes() throws IOException, InterruptedException {
        // Given a model of windows of three half days, and four readings
        ForecastModel model = Models.small(1);
        Path zip = Files.write(folder.resolve("model.zip"), ModelFile.write(model));
        Path readings = Files.writeString(folder.resolve("readings.csv"), """
                s0,2017-03-10T00:00:00Z,61.5
                s0,2017-03-10T12:00:00Z,58
                s0,2017-03-11T00:00:00Z,60
                s0,2017-03-11T12:00:00Z,NaN
                """);

        // When
        String printed = run("EmbeddedForecasts.java", readings, zip.toString());

        // Then
        assertThat(printed.lines())
                .containsExactly(
                        "s0 2017-03-11T00:00:00Z " + forecast(model, "2017-03-11T00:00:00Z", 61.5f, 58, 60),
                        "s0 2017-03-11T12:00:00Z " + forecast(model, "2017-03-11T12:00:00Z", 58, 60, Float.NaN));
    }

    private static String forecast(ForecastModel model, String end, float... window) {
        SensorNetwork network = model.manifest().network();
        WindowBatch batch = new WindowBatch(network, 1, History.NONE);
        batch.add("s0", network.clock().slotOf(Instant.parse(end).toEpochMilli()), window);
        float[] out = new float[2];
        GruForecaster.of(model).forecast(batch, out);
        return Arrays.toString(out);
    }

    @Test
    void theSecondProgramEvaluatesItsForecaster() throws IOException, InterruptedException {
        // Given a sensor that gains 1 each slot: k steps ahead persistence is k behind, the mean of 12 k + 5.5
        StringBuilder rising = new StringBuilder();
        for (int slot = 0; slot < 100; slot++) {
            rising.append("400001;")
                    .append(1_490_000_100L + 300 * slot)
                    .append(';')
                    .append(slot + 1)
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("rising.txt"), rising);

        // When
        String printed = run("OwnForecaster.java", file, "pems-bay", file.toString());

        // Then
        assertThat(printed.lines()).containsExactly("window-mean  MAE 12.000", "persistence  MAE 6.500");
    }
}
