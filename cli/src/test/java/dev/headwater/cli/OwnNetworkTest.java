package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Follows `docs/tutorial-own-network.md`: its YAML files, with data files as it describes them, through train,
/// evaluate and replay.
class OwnNetworkTest {

    private static final Path TUTORIAL = Path.of("../docs/tutorial-own-network.md");
    private static final Pattern YAML = Pattern.compile("```yaml\\n(name: (\\w+)\\n.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    /// Writes the tutorial's YAML file of that name into the folder.
    private Path network(String name) throws IOException {
        Matcher matcher = YAML.matcher(Files.readString(TUTORIAL));
        while (matcher.find()) {
            if (matcher.group(2).equals(name)) {
                return Files.writeString(folder.resolve(name + ".yaml"), matcher.group(1));
            }
        }
        throw new AssertionError("the tutorial has no network " + name);
    }

    private JsonNode json(String... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return JsonMapper.shared().readTree(run.out());
    }

    private void goesAllTheWay(String name, Path file) throws IOException {
        String yaml = network(name).toString();
        String models = folder.resolve("models").toString();
        String model = models + "/" + name + "/latest";
        json("train", "--network", yaml, "--from", file.toString(), "--out", models, "--epochs", "2", "--json");
        JsonNode offline = json("evaluate", "--network", yaml, "--from", file.toString(), "--model", model, "--json");
        JsonNode streamed = json("replay", "--network", yaml, "--from", file.toString(), "--model", model, "--json");
        int steps = offline.at("/horizons").size();
        assertThat(streamed.at("/stream/missing").asInt()).isZero();
        assertThat(streamed.at("/forecasts").asInt())
                .isEqualTo(offline.at("/forecasts").asInt())
                .isPositive();
        for (int step = 0; step < steps; step++) {
            String mae = "/horizons/" + step + "/mae";
            assertThat(streamed.at(mae).asDouble())
                    .isCloseTo(offline.at(mae).asDouble(), Offset.offset(1e-4))
                    .isPositive();
        }
        assertThat(offline.at("/baselines").propertyNames()).contains("persistence", "yesterday");
    }

    @Test
    void hourlyElectricityOfThreeHouses() throws IOException {
        // Given: a column per sensor
        Random random = new Random(1);
        StringBuilder csv = new StringBuilder("time,house-a,house-b,house-c\n");
        LocalDateTime hour = LocalDateTime.of(2024, 1, 1, 0, 0);
        for (int i = 0; i < 1_000; i++) {
            csv.append(hour.plusHours(i));
            for (int house = 0; house < 3; house++) {
                double load = 1 + house + Math.sin(2 * Math.PI * (i % 24) / 24) + 0.1 * random.nextGaussian();
                csv.append(String.format(
                        Locale.ROOT, ",%s", i % 97 == house ? "" : String.format(Locale.ROOT, "%.3f", load)));
            }
            csv.append('\n');
        }

        // Then
        goesAllTheWay("houses", Files.writeString(folder.resolve("houses.csv"), csv));
    }

    @Test
    void dailyLevelOfARiver() throws IOException {
        // Given: a column per measure
        Random random = new Random(2);
        StringBuilder csv = new StringBuilder("Day,Level [cm],Rain [mm]\n");
        LocalDateTime day = LocalDateTime.of(2019, 1, 1, 0, 0);
        double level = 100;
        for (int i = 0; i < 900; i++) {
            double rain = random.nextInt(3) == 0 ? 20 * random.nextDouble() : 0;
            level = 0.9 * level + rain + 8 + 2 * Math.sin(2 * Math.PI * i / 365);
            csv.append(
                    String.format(Locale.ROOT, "%s,%.1f,%.1f%n", day.plusDays(i).toLocalDate(), level, rain));
        }

        // Then
        goesAllTheWay("river", Files.writeString(folder.resolve("river.csv"), csv));
    }
}
