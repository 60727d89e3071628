package dev.headwater.forecasting.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.Fixtures;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Artefacts with a valid seal and checksums but implausible content.
class ModelCheckTest {

    private static final byte[] SOUND = ModelFile.write(Models.small(5));
    private static final String ESCAPE = "\u001b[2J";

    private static byte[] manifest(Consumer<ObjectNode> change) {
        return Resealed.json(SOUND, "manifest.json", change);
    }

    private static byte[] band(Consumer<ObjectNode> change) {
        return manifest(manifest -> change.accept((ObjectNode) manifest.get("band")));
    }

    private static byte[] scaler(String key, float value) {
        return Resealed.json(
                SOUND, "scaler.json", scaler -> scaler.putArray(key).add(value));
    }

    private static byte[] weightsHeader(String from, String to) {
        return Resealed.part(SOUND, "weights.safetensors", bytes -> {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            assertThat(text).contains(from);
            assertThat(from).hasSameSizeAs(to);
            return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
        });
    }

    /// Appends bytes after the tensors; the header is unchanged.
    private static byte[] longerWeights() {
        return Resealed.part(SOUND, "weights.safetensors", bytes -> Arrays.copyOf(bytes, bytes.length + 4));
    }

    static Stream<Arguments> nonsense() {
        return Stream.of(
                Arguments.of(band(band -> band.putArray("lower").add(-1)), "band.lower must be of 2 steps, found 1"),
                Arguments.of(
                        band(band -> band.putArray("upper").add(1).add(1).add(1)),
                        "band.upper must be of 2 steps, found 3"),
                Arguments.of(
                        band(band -> ((ArrayNode) band.get("lower")).set(1, 5.0)),
                        "band.lower of step 2 must be at most its upper bound 2.0, found 5.0"),
                Arguments.of(
                        band(band -> ((ArrayNode) band.get("lower")).set(0, "NaN")),
                        "band.lower must be finite, found NaN"),
                Arguments.of(
                        band(band -> ((ArrayNode) band.get("upper")).set(0, 1e30)), "its forecasts on trial must lie"),
                Arguments.of(band(band -> band.put("level", 7)), "band.level must be between 0 and 1, found 7.0"),
                Arguments.of(
                        manifest(all -> all.put("version", -5)),
                        "version must be from 0 (not registered) to 999999999, found -5"),
                Arguments.of(scaler("deviation", 0), "scaler.json deviation must be above 0, found 0.0"),
                Arguments.of(scaler("deviation", -3), "scaler.json deviation must be above 0, found -3.0"),
                Arguments.of(scaler("deviation", 5e36f), "scaler.json deviation of the target must be one of"),
                Arguments.of(scaler("deviation", Float.POSITIVE_INFINITY), "scaler.json deviation must be finite"),
                Arguments.of(scaler("mean", 5e36f), "range must be within 100000.0 deviations of the scaler's mean"),
                Arguments.of(scaler("mean", 1e6f), "scaler.json mean of the target must be among"),
                Arguments.of(
                        manifest(all ->
                                ((ObjectNode) all.get("range")).put("low", 2).put("high", 1)),
                        "range must be one of values, found from 2.000 to 1.000"),
                Arguments.of(
                        manifest(all -> ((ObjectNode) all.get("range")).put("high", 1e30)),
                        "range must be within 100000.0 deviations of the scaler's mean, found from"),
                Arguments.of(
                        manifest(all -> ((ObjectNode) all.get("range")).put("low", "NaN")),
                        "range must be one of values, found from NaN"),
                Arguments.of(
                        Resealed.part(SOUND, "samples.json", samples -> "[]".getBytes(StandardCharsets.UTF_8)),
                        "samples.json must be of one window or more, found none"),
                Arguments.of(
                        Resealed.tensor(SOUND, "weights.safetensors", "encoder.weight_hh", 3e38f),
                        "weights encoder.weight_hh must be within 1000000.0, found 3.0E38"),
                Arguments.of(
                        Resealed.tensor(SOUND, "weights.safetensors", "head.bias", 1e5f),
                        "its forecasts on trial must lie from "),
                Arguments.of(weightsHeader("[0,12]", "[0,16]"), "tensors must lie one behind the other"),
                Arguments.of(longerWeights(), "tensors must fill the "),
                Arguments.of(manifest(all -> all.put("name", "gru" + ESCAPE)), "found gru\\u001b[2J"),
                Arguments.of(manifest(all -> all.put("name", "gru é")), "name must be printable ASCII, found gru é"),
                Arguments.of(
                        manifest(all -> ((ArrayNode) all.get("sensors")).set(0, "s" + ESCAPE)), "found s\\u001b[2J"),
                Arguments.of(
                        manifest(all -> ((ObjectNode) all.get("network")).put("title", ESCAPE)),
                        "manifest.json: texts must be printable, found \\u001b[2J"),
                Arguments.of(
                        manifest(all -> ((ObjectNode) all.at("/provenance/settings")).put(ESCAPE, "1")),
                        "manifest.json: names must be printable, found \\u001b[2J"),
                Arguments.of(
                        Resealed.part(SOUND, "MODEL_CARD.md", card -> ESCAPE.getBytes(StandardCharsets.UTF_8)),
                        "MODEL_CARD.md must be text, found control characters"),
                Arguments.of(
                        Resealed.part(
                                SOUND,
                                "samples.json",
                                samples -> "[{\"sensor\":\"s1\",\"issuedAt\":1,\"values\":[1]}]"
                                        .getBytes(StandardCharsets.UTF_8)),
                        "samples.json values must be 3 a window, found 1"),
                Arguments.of(
                        Resealed.part(SOUND, "samples.json", samples -> "[null]".getBytes(StandardCharsets.UTF_8)),
                        "cannot be read"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("nonsense")
    void refusesWhatCannotBe(byte[] artefact, String message) {
        // Then
        assertThatThrownBy(() -> ModelFile.read(artefact, "test"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("test")
                .hasMessageContaining(message)
                .hasMessageNotContainingAny(ESCAPE, "\n");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void takesWhateverCanBe(long seed) {
        // Given
        byte[] artefact = ModelFile.write(Models.small(seed));
        byte[] older = Resealed.asFormat3(artefact, 20, 60);

        // When
        ForecastModel model = ModelFile.read(artefact, "test");
        ForecastModel before = ModelFile.read(older, "test");

        // Then
        assertThat(model.samples()).hasSize(8);
        assertThat(before.samples()).hasSize(8);
        assertThat(before.manifest().format()).isEqualTo(3);
        assertThat(before.manifest().range()).isEqualTo(new TargetRange(20, 60));
        assertThat(before.parameters()).isEqualTo(model.parameters());
        assertThat(ModelFile.read(ModelFile.write(before), "test").manifest().format())
                .isEqualTo(ModelManifest.FORMAT);
    }

    @ParameterizedTest
    @ValueSource(floats = {1, 100, 1e6f})
    void takesAModelOfSlowDataWhoseWeekdaysAreAllAlike(float amplitude) {
        // Given a gauge that swings slowly around zero, so that its weekday means are all close to zero
        SensorNetwork daily = Fixtures.network(Duration.ofDays(1), 7, 3);
        Series.Builder builder = new Series.Builder(daily);
        for (int day = 0; day < 1_400; day++) {
            builder.add("gauge", 15_000 + day, new float[] {(float) (amplitude * Math.sin(Math.PI * day / 350))});
        }
        Series series = builder.build();
        ForecastModel model = Models.of(daily, series, 3);
        byte[] artefact = ModelFile.write(model);

        // Then its deviation is far larger than those means
        assertThat(model.scaler().deviation()[0]).isGreaterThan(0.5f * amplitude);
        assertThat(ModelFile.read(artefact, "test").samples()).hasSize(8);
        byte[] older = Resealed.asFormat3(artefact, 0, 0.01f);
        assertThat(ModelFile.read(older, "test").samples()).hasSize(8);
    }

    @Test
    void anOlderArtefactIsTriedOutToo() {
        // Given
        byte[] artefact = Resealed.tensor(Resealed.asFormat3(SOUND, 20, 60), "weights.safetensors", "head.bias", 1e5f);

        // Then
        assertThatThrownBy(() -> ModelFile.read(artefact, "test"))
                .hasMessageStartingWith("test: its forecasts on trial must lie from ");
        byte[] endless = Resealed.asFormat3(SOUND, Float.NEGATIVE_INFINITY, 60);
        assertThatThrownBy(() -> ModelFile.read(endless, "test")).hasMessageStartingWith("test: range must be within");
    }
}
