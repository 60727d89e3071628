package dev.headwater.forecasting.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.feature.Scaler;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class ModelFileTest {

    private static final List<String> PARTS = List.of(
            "manifest.json",
            "weights.safetensors",
            "scaler.json",
            "metrics.json",
            "pasts.bin",
            "samples.json",
            "MODEL_CARD.md");

    private static Map<String, byte[]> unpacked(ForecastModel model) {
        return Resealed.unpacked(ModelFile.write(model));
    }

    /// Repacks parts as an attacker would: with a valid seal and checksums.
    private static byte[] resealed(Map<String, byte[]> parts, String changed, byte[] content, byte[] original) {
        String before = Sha256.of(original);
        String manifest = new String(parts.get("manifest.json"), StandardCharsets.UTF_8);
        parts.put(changed, content);
        if (!changed.equals("manifest.json")) {
            String after = Sha256.of(content);
            parts.put("manifest.json", manifest.replace(before, after).getBytes(StandardCharsets.UTF_8));
        }
        return SealedZip.write(parts, "test");
    }

    @Test
    void bringsTheWholeModelBack() {
        // Given
        ForecastModel model = Models.small(5);

        // When
        ForecastModel back = ModelFile.read(ModelFile.write(model), "test");

        // Then
        assertThat(back.manifest().withParts(Map.of()))
                .usingRecursiveComparison()
                .isEqualTo(model.manifest());
        assertThat(back.manifest().parts()).containsOnlyKeys(PARTS.subList(1, PARTS.size()));
        assertThat(back.parameters()).isEqualTo(model.parameters());
        assertThat(back.scaler()).usingRecursiveComparison().isEqualTo(model.scaler());
        assertThat(back.metrics()).isEqualTo(model.metrics());
        assertThat(back.card()).isEqualTo(model.card());
    }

    @Test
    void theSameModelGivesTheSameBytesAndAnotherOneOthers() {
        // Given
        byte[] bytes = ModelFile.write(Models.small(5));

        // Then
        assertThat(ModelFile.write(Models.small(5))).isEqualTo(bytes);
        assertThat(ModelFile.write(ModelFile.read(bytes, "test"))).isEqualTo(bytes);
        assertThat(ModelFile.write(Models.small(6))).isNotEqualTo(bytes);
        assertThat(ModelFile.write(Models.small(5).withVersion(2))).isNotEqualTo(bytes);
    }

    @Test
    void refusesEveryFlippedByte() {
        // Given
        byte[] whole = ModelFile.write(Models.small(5));

        for (int at = 0; at < whole.length; at++) {
            for (int flip : new int[] {0x01, 0x80, 0xff}) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) flip;

                // Then
                assertThatThrownBy(() -> ModelFile.read(damaged, "model.zip"))
                        .as("byte %d", at)
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageStartingWith("model.zip: ");
            }
        }
    }

    @Test
    void refusesTruncationsAndAppendedBytes() {
        // Given
        byte[] whole = ModelFile.write(Models.small(5));

        // Then
        for (int length = 0; length < whole.length; length += 7) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ModelFile.read(cut, "test")).isInstanceOf(InvalidInputException.class);
        }
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        assertThatThrownBy(() -> ModelFile.read(longer, "test")).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void refusesAModelWithoutOneOfItsParts(int missing) {
        // Given
        Map<String, byte[]> parts = unpacked(Models.small(5));
        parts.remove(PARTS.get(missing));
        byte[] zip = SealedZip.write(parts, "test");

        // Then
        assertThatThrownBy(() -> ModelFile.read(zip, "test"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("test: no Headwater model: part " + PARTS.get(missing) + " is missing");
    }

    @Test
    void refusesAPartThatIsNotTheOneOfTheManifest() {
        // Given
        Map<String, byte[]> parts = unpacked(Models.small(5));
        parts.put("MODEL_CARD.md", new byte[] {'#'});
        byte[] zip = SealedZip.write(parts, "test");

        // Then
        assertThatThrownBy(() -> ModelFile.read(zip, "test"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("test: part MODEL_CARD.md differs from its SHA-256 in the manifest");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "manifest.json | \"format\" : 4 | \"format\" : 5 | model format must be 3 or 4, found 5",
                "manifest.json | \"format\" : 4 | \"format\" : 2 | model format must be 3 or 4, found 2",
                "manifest.json | \"name\" : \"seq2seq-gru\" | \"name\" : null | no model of this version",
                "manifest.json | \"version\" : 1 | \"colour\" : 1 | no model of this version",
                "manifest.json | \"hidden\" : 4, | \"hidden\" : 8, | weights encoder.weight_ih must have the shape [24, 7]",
                "manifest.json | \"hidden\" : 4, | \"hidden\" : 400000000, | must have the shape [1200000000, 7]",
                "manifest.json | \"lookback\" : 3 | \"lookback\" : 0 | no model of this version",
                "manifest.json | \"horizon\" : 2 | \"horizon\" : 3 | must read",
                "manifest.json | \"s1\" | \"s1\", \"s2\" | no model of this version",
                "scaler.json | ] | ,1] | no model of this version",
                "scaler.json | mean | meen | no model of this version",
                "metrics.json | } | , | no model of this version",
                "weights.safetensors | F32 | F16 | broken safetensors header",
                "weights.safetensors | head.bias | head.bios | weights head.bias must have the shape [1, 1], found none",
            })
    void refusesPartsThatDoNotFitEachOther(String part, String from, String to, String message) {
        // Given
        Map<String, byte[]> parts = unpacked(Models.small(5));
        byte[] original = parts.get(part);
        String text = new String(original, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(from);
        int at = text.indexOf(from);
        String changed = text.substring(0, at) + to + text.substring(at + from.length());
        byte[] zip = resealed(parts, part, changed.getBytes(StandardCharsets.ISO_8859_1), original);

        // Then
        assertThatThrownBy(() -> ModelFile.read(zip, "test"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("test")
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void refusesWeightsThatAreNoNumbers() {
        // Given
        ForecastModel model = Models.small(5);
        model.parameters()[model.parameters().length - 1] = Float.NaN;
        byte[] bytes = ModelFile.write(model);

        // Then
        assertThatThrownBy(() -> ModelFile.read(bytes, "test"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("test: weights head.bias must be finite, found NaN");
    }

    @Test
    void aModelHasAsManyParametersAsItsArchitecture() {
        // Given
        ForecastModel model = Models.small(5);
        Scaler scaler = model.scaler();

        // Then
        assertThatThrownBy(() -> new ForecastModel(
                        model.manifest(), new float[3], scaler, model.metrics(), model.seasonalStates(), List.of(), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("seq2seq-gru@1: 3 parameters, its architecture has");
    }

    @Test
    void readsTheFiguresOfAnOlderArtefact() {
        // Given metrics as they were written before the course of training was stored
        String table = "{\"horizons\":[],\"mean\":{\"mae\":1.5,\"rmse\":2,\"mape\":3}}";
        String json = "{\"validation\":" + table + ",\"test\":" + table + ",\"baselines\":{}}";
        // When they are parsed like the file's part
        ModelMetrics metrics = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build()
                .readValue(json, ModelMetrics.class);
        // Then everything except the epochs is read
        assertThat(metrics.validation().mean().mae()).isEqualTo(1.5);
        assertThat(metrics.epochs()).isNull();
    }
}
