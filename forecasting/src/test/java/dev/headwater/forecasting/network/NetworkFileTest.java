package dev.headwater.forecasting.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class NetworkFileTest {

    static final List<String> SHIPPED = NetworkFile.SHIPPED;

    private static final String VALID = """
            name: city
            domain: traffic
            interval: PT5M
            zone: Europe/Paris
            measures:
              - name: speed
                unit: km/h
                missing: 0
              - name: flow
            target: flow
            window:
              lookback: 6
              horizon: 3
            gap:
              minObserved: 0.5
            sensors:
              - id: a
                latitude: 48.8
                longitude: 2.3
            """;

    private static SensorNetwork parse(String yaml) {
        return NetworkFile.parse(yaml.getBytes(StandardCharsets.UTF_8), "city.yaml");
    }

    @ParameterizedTest
    @FieldSource("SHIPPED")
    void everyShippedNetworkLoads(String name) {
        // When
        SensorNetwork network = NetworkFile.load(name);

        // Then
        assertThat(network.name()).isEqualTo(name);
        assertThat(network.window().horizon()).isEqualTo(12);
        if (network.domain().equals("traffic")) {
            assertThat(network.interval()).isEqualTo(Duration.ofMinutes(5));
            assertThat(network.window()).isEqualTo(new WindowSpec(12, 12));
            assertThat(network.targetMeasure().missing()).isZero();
            assertThat(network.features().calendar()).isEqualTo(FeatureSpec.DEFAULT.calendar());
            assertThat(network.split()).isEqualTo(SplitSpec.DEFAULT);
        }
    }

    @Test
    void loadsAFileByItsPath(@TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("city.yaml"), VALID);

        // When
        SensorNetwork network = NetworkFile.load(file.toString());

        // Then
        assertThat(network.zone()).isEqualTo(ZoneId.of("Europe/Paris"));
        assertThat(network.targetIndex()).isEqualTo(1);
        assertThat(network.measures()).containsExactly(new Measure("speed", "km/h", 0f), new Measure("flow", "", null));
        assertThat(network.window()).isEqualTo(new WindowSpec(6, 3));
        assertThat(network.gap().minObserved()).isEqualTo(0.5);
        assertThat(network.sensors()).containsExactly(new Sensor("a", 48.8, 2.3));
        assertThat(network.minutes(3)).isEqualTo(15);
    }

    @Test
    void readsRoadsOfSensors() {
        // When
        SensorNetwork network = parse(VALID + "    road: 101-N\n    position: 387\n");

        // Then
        assertThat(network.sensors()).containsExactly(new Sensor("a", 48.8, 2.3, "101-N", 387.0));
        assertThat(network.isComputedLike(parse(VALID))).isTrue();
    }

    @Test
    void aSensorWithoutRoadIsWrittenAsBeforeThereWereRoads() {
        // Given
        JsonMapper json = JsonMapper.shared();
        Sensor plain = new Sensor("a", 48.8, 2.3);
        Sensor onRoad = new Sensor("a", 48.8, 2.3, "101-N", 387.9);

        // Then its definition, and with it the artefact and the identity of a training run, stay
        assertThat(json.writeValueAsString(plain)).isEqualTo("{\"id\":\"a\",\"latitude\":48.8,\"longitude\":2.3}");
        assertThat(json.readValue(json.writeValueAsString(plain), Sensor.class)).isEqualTo(plain);
        assertThat(json.readValue(json.writeValueAsString(onRoad), Sensor.class))
                .isEqualTo(onRoad);
    }

    @Test
    void takesOtherSensorsAndLeavesTheRest() {
        // Given
        SensorNetwork network = parse(VALID);
        Sensor b = new Sensor("b", 1, 2);

        // When
        SensorNetwork other = network.withSensors(List.of(b));

        // Then
        assertThat(other.sensors()).containsExactly(b);
        assertThat(other).isNotEqualTo(network);
        assertThat(other.withSensors(network.sensors())).isEqualTo(network);
        assertThatThrownBy(() -> network.withSensors(List.of(b, b)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("network city: sensors must be distinct, found [b, b]");
    }

    @Test
    void leavesOutWhatHasADefault() {
        // When
        SensorNetwork network =
                parse("{name: city, domain: traffic, interval: PT5M, zone: UTC, measures: [{name: speed}]}");

        // Then
        assertThat(network.title()).isEqualTo("city");
        assertThat(network.target()).isEqualTo("speed");
        assertThat(network.window()).isEqualTo(new WindowSpec(12, 12));
        assertThat(network.gap()).isEqualTo(GapPolicy.DEFAULT);
        assertThat(network.sensors()).isEmpty();
        assertThat(network.unknownSensors()).isEqualTo(UnknownSensors.ACCEPT);
        assertThat(network.maxSensors()).isEqualTo(SensorNetwork.DEFAULT_MAX_SENSORS);
    }

    @Test
    void readsWhatIsRefused() {
        // When
        SensorNetwork network = parse(VALID.replace("missing: 0\n", "missing: 0\n    min: -5\n    max: 300\n")
                + "unknownSensors: reject\nmaxSensors: 7\n");

        // Then
        Measure speed = network.measures().getFirst();
        assertThat(network.unknownSensors()).isEqualTo(UnknownSensors.REJECT);
        assertThat(network.maxSensors()).isEqualTo(7);
        assertThat(speed.admits(-5)).isTrue();
        assertThat(speed.admits(300)).isTrue();
        assertThat(speed.admits(Float.NaN)).isTrue();
        assertThat(speed.admits(-5.1f)).isFalse();
        assertThat(speed.admits(300.1f)).isFalse();
        assertThat(network.isComputedLike(parse(VALID))).isTrue();
        assertThat(network.isComputedLike(parse(VALID.replace("unit: km/h", "unit: mph"))))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "interval: PT5M | intervall: PT5M | unknown key 'intervall' (did you mean 'interval'?)",
                "lookback: 6 | lookbak: 6 | unknown key 'window.lookbak' (did you mean 'lookback'?)",
                "unit: km/h | units: km/h | unknown key 'measures[0].units' (did you mean 'unit'?)",
                "latitude: 48.8 | colour: 48.8 | unknown key 'sensors[0].colour' (known: id, latitude, longitude, position, road)",
                "interval: PT5M | interval: 5 minutes | interval must be a duration such as PT5M, PT1H or P1D, found '5 minutes' (line 3)",
                "interval: PT5M | interval: PT0S | network city: interval must be a duration from PT0.001S to PT168H, such as PT5M, found PT0S (line 3)",
                "zone: Europe/Paris | zone: Europe/Pariss | zone must be a zone such as Europe/Berlin, found 'Europe/Pariss' (line 4)",
                "lookback: 6 | lookback: twelve | window.lookback must be a whole number such as 12, found 'twelve' (line 12)",
                "lookback: 6 | lookback: 0 | window.lookback: must be from 1 to 10000 slots, found 0",
                "minObserved: 0.5 | minObserved: 1.5 | gap.minObserved: must be from 0 to 1, found 1.5",
                "target: flow | target: flwo | target must be one of the measures [speed, flow], found flwo",
                "name: city | name: City | network City: name must be lower-case letters, digits and hyphens, found City",
                "name: flow | name: speed | measures must be distinct, found [speed, speed]",
                "latitude: 48.8 | latitude: 480 | latitude and longitude are in degrees, found 480.0, 2.3 for a",
                "missing: 0 | missing: zero | measures[0].missing must be a number such as 0.5, found 'zero' (line 8)",
                "target: flow | unknownSensors: never | unknownSensors must be one of accept, reject, found 'never' (line 10)",
                "target: flow | maxSensors: 0 | maxSensors must be at least 1 and the number of listed sensors, found 0",
                "zone: Europe/Paris | zone: | network city: zone must be a zone such as Europe/Berlin, found none (line 4)",
            })
    void namesKeyAndValueThatBreakARule(String good, String bad, String message) {
        // Given
        String yaml = VALID.replace(good + "\n", bad + "\n");
        assertThat(yaml).isNotEqualTo(VALID);

        // Then
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("city.yaml: ")
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "# nothing\n", "---\n", "[]", "just words", "name: [unclosed", "\t: x", "measures: [~]"})
    void refusesWhatIsNoNetworkInOneLine(String yaml) {
        // Then
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("city.yaml: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void suggestsTheShippedNameNearestToAMistypedOne() {
        // Then
        assertThatThrownBy(() -> NetworkFile.load("pems-bey"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'pems-bey'")
                .hasMessageContaining("did you mean 'pems-bay'?");
        assertThatThrownBy(() -> NetworkFile.load("something-else-entirely"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("known: aarhus, jena, pems-bay, simulated-city");
    }

    @Test
    void readsTheWeatherStation() {
        // When
        SensorNetwork jena = NetworkFile.load("jena");

        // Then
        assertThat(jena.window()).isEqualTo(new WindowSpec(120, 12, 6, 12));
        assertThat(jena.window().span()).isEqualTo(715);
        assertThat(jena.window().spanWithHorizon()).isEqualTo(715 + 144);
        assertThat(jena.minutes(12)).isEqualTo(24 * 60);
        assertThat(jena.measures()).hasSize(14).allMatch(measure -> measure.missing() == -9999);
        assertThat(jena.targetMeasure().column()).isEqualTo("T (degC)");
        assertThat(jena.features().dailyCycle()).isTrue();
        assertThat(jena.split().test()).isEqualTo(0.25);
    }

    @Test
    void takesFormerNamesOfKeys() throws IOException {
        // Given a file of version 0.1, and its window in an artefact
        byte[] shipped =
                NetworkFile.class.getResourceAsStream("/networks/jena.yaml").readAllBytes();
        String yaml = new String(shipped, StandardCharsets.UTF_8)
                .replace("  stride:", "  every:")
                .replace("  horizonStride:", "  horizonEvery:");
        String json = "{\"lookback\":120,\"horizon\":12,\"every\":6,\"horizonEvery\":12}";

        // When, then both are read
        WindowSpec window = NetworkFile.load("jena").window();
        assertThat(NetworkFile.parse(yaml.getBytes(StandardCharsets.UTF_8), "old.yaml")
                        .window())
                .isEqualTo(window);
        assertThat(new JsonMapper().readValue(json, WindowSpec.class)).isEqualTo(window);
        assertThat(NetworkFile.load("jena", Map.of("window.every", "3"))
                        .window()
                        .stride())
                .isEqualTo(3);

        // When a value is wrong, or a key has both names / Then the message says so
        assertThatThrownBy(() -> NetworkFile.parse(
                        yaml.replace("every: 6", "every: six").getBytes(StandardCharsets.UTF_8), "old.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("old.yaml: window.stride must be a whole number such as 12, found 'six' (line 25)");
        assertThatThrownBy(() -> NetworkFile.parse(
                        yaml.replace("  every: 6", "  every: 6\n  stride: 6").getBytes(StandardCharsets.UTF_8),
                        "old.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("old.yaml: key 'window.every' is the former name of 'window.stride': give one of them"
                        + " (line 25)");
    }

    @Test
    void takesOtherValuesForSomeKeys() {
        // When
        SensorNetwork density = NetworkFile.load(
                "jena", Map.of("target", "density", "window.horizonStride", "24", "features.calendar", "[timeOfDay]"));

        // Then: two days ahead
        assertThat(density.targetMeasure().unit()).isEqualTo("g/m3");
        assertThat(density.minutes(12)).isEqualTo(48 * 60);
        assertThat(density.features().calendar()).containsExactly(Calendar.TIME_OF_DAY);
        assertThatThrownBy(() -> NetworkFile.load("jena", Map.of("targt", "density")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("jena.yaml: unknown key 'targt' (did you mean 'target'?)");
        assertThatThrownBy(() -> NetworkFile.load("jena", Map.of("measures.unit", "K")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("change of measures.unit: must be a key of the network");
        assertThatThrownBy(() -> NetworkFile.load("jena", Map.of("window.stride", "0")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("jena.yaml: window.stride: must be from 1 to 10000 slots, found 0");
        assertThatThrownBy(() -> NetworkFile.load("jena", Map.of("split.train", "0.9")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("split: train and validation must be above 0 and leave something to test on");
    }

    @Test
    void namesAFileThatIsNotThere(@TempDir Path folder) {
        // Given
        String missing = folder.resolve("none.yaml").toString();

        // Then
        assertThatThrownBy(() -> NetworkFile.load(missing))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(missing);
    }

    @Test
    void allNetworksOfTheResourceFolderAreShipped() throws IOException {
        // When
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/networks"))) {
            // Then
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            SHIPPED.stream().map(name -> name + ".yaml").toList());
        }
    }

    @Test
    void aHugeFileIsRefusedBeforeItIsRead(@TempDir Path folder) throws IOException {
        // Given a comment of 2 MB, for which the YAML reader would take many seconds
        Path file = Files.writeString(folder.resolve("city.yaml"), VALID + "# " + "c".repeat(2 << 20) + "\n");

        // When, then
        assertThatThrownBy(() -> NetworkFile.load(file.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("network file " + file + ": must be at most 1 MiB, found 2.0");
    }
}
