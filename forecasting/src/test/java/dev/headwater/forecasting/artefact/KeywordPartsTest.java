package dev.headwater.forecasting.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.audio.Confusion;
import dev.headwater.forecasting.audio.KeywordModel;
import dev.headwater.forecasting.audio.RecurrentKeywordClassifier;
import dev.headwater.forecasting.audio.SpectrumSpec;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.evaluation.HorizonErrors;
import dev.headwater.forecasting.feature.Features;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.kernels.ClassifierShape;
import dev.headwater.kernels.ClassifierShape.Cell;
import dev.headwater.kernels.Seq2SeqShape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordPartsTest {

    private static final AudioSpec AUDIO = new AudioSpec(16_000, List.of("no", "yes"), 640, 255, 128);

    private static final SensorNetwork NETWORK = listeningTo(AUDIO);

    /// The shipped network with another audio specification.
    private static SensorNetwork listeningTo(AudioSpec audio) {
        return NetworkBuilder.like(NetworkFile.load("speech")).audio(audio).build();
    }

    private static final SpectrumSpec SPECTRUM = SpectrumSpec.of(AUDIO, 4);

    private static KeywordModel keywords(long seed, List<String> words) {
        return keywords(seed, words, Cell.GRU, true);
    }

    private static KeywordModel keywords(long seed, List<String> words, Cell cell, boolean bidirectional) {
        ClassifierShape shape = new ClassifierShape(
                SPECTRUM.frames(),
                4,
                4,
                3,
                2,
                cell,
                4,
                1,
                bidirectional,
                ClassifierShape.Pooling.ATTENTION,
                words.size());
        Random random = new Random(seed);
        float[] parameters = new float[shape.parameterCount()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) random.nextGaussian();
        }
        Confusion confusion = Confusion.of(words, new int[words.size()][words.size()]);
        KeywordModel.Figures figures = new KeywordModel.Figures(
                "speaker",
                seed,
                Map.of("hidden", "4"),
                2,
                1,
                3.5,
                0.001,
                7,
                List.of(0.5, 0.75),
                List.of(0.5, 0.25),
                confusion,
                confusion);
        return new KeywordModel(
                words, SPECTRUM, shape, new float[] {1, 2, 3, 4}, new float[] {1, 1, 2, 2}, parameters, figures);
    }

    private static ForecastModel model(SensorNetwork network, KeywordModel keywords) {
        Series.Builder builder = new Series.Builder(network);
        for (int slot = 0; slot < 100; slot++) {
            builder.add("clips", slot, new float[] {-slot % 60});
        }
        Series series = builder.build();
        Seq2SeqShape shape = Features.shape(network, 1, 4, 0);
        ErrorTable table = new HorizonErrors(network.window().horizon()).table(network);
        ModelManifest manifest = new ModelManifest(
                ModelManifest.FORMAT,
                GruForecaster.NAME,
                3,
                network,
                series.sensors(),
                shape,
                null,
                null,
                new ModelManifest.Provenance("clips", "00", "a", "b", 1, Map.of(), "c0ffee", "now", "a test"),
                Map.of());
        return new ForecastModel(
                        manifest,
                        shape.initialise(1),
                        Scaler.fit(series, 80),
                        new ModelMetrics(table, table, Map.of()),
                        SeasonalStates.of(network),
                        SampleWindow.of(series, 40, 10),
                        "card")
                .withKeywords(keywords, "card of both");
    }

    @ParameterizedTest
    @CsvSource({"GRU, true", "GRU, false", "LSTM, true", "LSTM, false"})
    void bringsTheClassifierBackWithTheForecaster(Cell cell, boolean bidirectional) {
        // Given
        KeywordModel keywords = keywords(5, List.of("no", "yes"), cell, bidirectional);
        ForecastModel model = model(NETWORK, keywords);

        // When
        ForecastModel back = ModelFile.read(ModelFile.write(model), "test");

        // Then
        assertThat(back.keywords()).usingRecursiveComparison().isEqualTo(keywords);
        assertThat(back.parameters()).isEqualTo(model.parameters());
        assertThat(back.card()).isEqualTo("card of both");
        assertThat(back.manifest().parts()).containsKeys("keywords.json", "keywords.safetensors");
        assertThat(back.withVersion(4).keywords()).isSameAs(back.keywords());
        assertThat(ModelFile.write(back)).isEqualTo(ModelFile.write(model));
    }

    @ParameterizedTest
    @CsvSource({"GRU, true", "GRU, false", "LSTM, true", "LSTM, false"})
    void whatComesBackHearsTheSame(Cell cell, boolean bidirectional) {
        // Given
        ForecastModel model = model(NETWORK, keywords(5, List.of("no", "yes"), cell, bidirectional));
        KeywordModel back = ModelFile.read(ModelFile.write(model), "test").keywords();
        short[] pcm = new short[700];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) (i * 977);
        }
        float[] expected = new float[2];
        float[] probabilities = new float[2];

        // When
        new RecurrentKeywordClassifier(model.keywords(), 3).classify(pcm, 60, expected);
        RecurrentKeywordClassifier classifier = new RecurrentKeywordClassifier(back, 3);
        classifier.classify(pcm, 60, probabilities);

        // Then
        assertThat(probabilities).isEqualTo(expected);
        assertThat(classifier.name()).isEqualTo(cell == Cell.GRU ? "keyword-gru@3" : "keyword-lstm@3");
        assertThatThrownBy(() -> classifier.classify(pcm, 61, probabilities))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static Map<String, byte[]> parts(ForecastModel model) {
        return Resealed.unpacked(ModelFile.write(model));
    }

    @ParameterizedTest
    @ValueSource(strings = {"keywords.json", "keywords.safetensors"})
    void refusesHalfAClassifierAndAChangedOne(String part) {
        // Given
        Map<String, byte[]> without = parts(model(NETWORK, keywords(5, List.of("no", "yes"))));
        Map<String, byte[]> changed = new LinkedHashMap<>(without);
        byte[] content = without.remove(part);
        byte[] other = Arrays.copyOf(content, content.length);
        other[other.length - 2] ^= 1;
        changed.put(part, other);

        // Then
        assertThatThrownBy(() -> ModelFile.read(SealedZip.write(without, "test"), "model.zip"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(part);
        assertThatThrownBy(() -> ModelFile.read(SealedZip.write(changed, "test"), "model.zip"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(part)
                .hasMessageContaining("SHA-256");
    }

    /// An artefact whose classifier description was changed, with valid checksums.
    private static byte[] redescribed(UnaryOperator<String> change) {
        Map<String, byte[]> parts = parts(model(NETWORK, keywords(5, List.of("no", "yes"))));
        byte[] original = parts.get("keywords.json");
        byte[] claimed =
                change.apply(new String(original, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        assertThat(claimed).isNotEqualTo(original);
        String manifest = new String(parts.get("manifest.json"), StandardCharsets.UTF_8)
                .replace(Sha256.of(original), Sha256.of(claimed));
        parts.put("keywords.json", claimed);
        parts.put("manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
        return SealedZip.write(parts, "test");
    }

    @Test
    void refusesSizesThatItsTensorsDoNotHaveBeforeItMakesRoomForThem() {
        // Given a description of a network of several gigabytes
        byte[] artefact = redescribed(description ->
                description.replace("\"hidden\":4", "\"hidden\":4096").replace("\"layers\":1", "\"layers\":8"));

        // Then
        assertThatThrownBy(() -> ModelFile.read(artefact, "model.zip"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("must have the shape");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"cell\":\"GRU\"', '\"cell\":\"RNN\"', RNN",
        "'\"cell\":\"GRU\",', '', cell must be given",
        "'\"cell\":\"GRU\"', '\"cell\":\"LSTM\"', lstm.0.forward.weight_ih",
        "'\"bidirectional\":true', '\"bidirectional\":\"both\"', both",
    })
    void refusesAnotherCellThanItsTensorsAreOf(String from, String to, String message) {
        // Given
        byte[] artefact = redescribed(description -> description.replace(from, to));

        // Then
        assertThatThrownBy(() -> ModelFile.read(artefact, "model.zip"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("model.zip")
                .hasMessageContaining(message);
    }

    @Test
    void refusesAClassifierOfOtherWordsThanTheNetworks() {
        ForecastModel model = model(NETWORK, keywords(5, List.of("no", "maybe")));
        assertThatThrownBy(() -> ModelFile.read(ModelFile.write(model), "model.zip"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("must fit the network's sound");
    }

    @Test
    void anArtefactWithoutSoundHasNoSuchParts() {
        ForecastModel model = Models.small(5);
        assertThat(ModelFile.read(ModelFile.write(model), "test").keywords()).isNull();
    }
}
