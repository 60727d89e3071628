package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.simulator.CitySimulator;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `evaluate --report` as a user calls it.
class EvaluationReportTest {

    private static final List<String> PICTURES =
            List.of("error-by-lead", "error-by-hour", "one-sensor", "truth-against-forecast");

    @TempDir
    private Path folder;

    private final SensorNetwork network = NetworkFile.load("simulated-city");
    private Path history = Path.of("");
    private String model = "";

    @BeforeEach
    void writeHistoryAndModel() {
        Series series = new CitySimulator(network, 4, 3).history(network.clock().slotOf(1_700_000_000_000L), 1_500);
        history = CityFile.write(folder.resolve("city.csv"), series);
        model = new ModelRegistry(folder.resolve("models"))
                .publish(UntrainedModel.of(series))
                .file()
                .toString();
    }

    private JsonNode evaluate(String judged, Path report) {
        CommandRun run = CommandRun.of(
                "evaluate",
                "--network",
                "simulated-city",
                "--from",
                history.toString(),
                "--model",
                judged,
                "--report",
                report.toString(),
                "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return JsonMapper.shared().readTree(run.out());
    }

    @Test
    void writesAPageWithItsPictures() throws IOException {
        // When a model is evaluated
        Path report = folder.resolve("report");
        JsonNode json = evaluate(model, report);
        // Then the page has the figures of the JSON, in Markdown and in self-contained HTML
        String markdown = Files.readString(report.resolve("report.md"));
        String html = Files.readString(report.resolve("report.html"));
        String mae = Output.figure(json.at("/mean/mae").asDouble());
        String worst = Output.figure(json.at("/perSensor/0/mae").asDouble());
        assertThat(markdown).contains("| mean | " + mae + " |", worst, "persistence", "Congestion", "| 60 min | ");
        assertThat(html)
                .contains("<td>" + mae + "</td>", "data:image/png;base64,")
                .doesNotContain("http", "<script");
        // and the pictures have more than one colour
        for (String name : PICTURES) {
            assertThat(markdown).contains("](" + name + ".png)");
            assertThat(colours(ImageIO.read(report.resolve(name + ".png").toFile())))
                    .as(name)
                    .isGreaterThan(3);
        }
        // and the same evaluation gives the same page
        Path again = folder.resolve("again");
        evaluate(model, again);
        assertThat(again.resolve("report.html")).hasSameTextualContentAs(report.resolve("report.html"));
    }

    private static long colours(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return Arrays.stream(pixels).distinct().count();
    }

    @Test
    void tellsTheBreakdownInJson() {
        // When a baseline is evaluated
        JsonNode json = evaluate("persistence", folder.resolve("baseline"));
        // Then sensors, hours, congestion and bias are there, and add up
        assertThat(json.at("/perSensor").size()).isEqualTo(4);
        assertThat(json.at("/byHour").size()).isEqualTo(24);
        assertThat(json.at("/bias").size()).isEqualTo(12);
        long truths = 0;
        long bySensor = 0;
        long byCongestion = 0;
        for (int step = 0; step < 12; step++) {
            truths += json.at("/horizons/" + step + "/n").asLong();
        }
        for (JsonNode sensor : json.at("/perSensor")) {
            bySensor += sensor.at("/n").asLong();
        }
        for (JsonNode group : json.at("/congestion/groups")) {
            byCongestion += group.at("/n").asLong();
        }
        assertThat(bySensor).isEqualTo(truths).isPositive();
        assertThat(byCongestion).isEqualTo(truths);
    }
}
