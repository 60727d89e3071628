package dev.headwater.lab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.data.Shape;
import dev.headwater.lab.definition.Layer;
import dev.headwater.lab.definition.LayerSpec;
import dev.headwater.lab.definition.RowFile;
import dev.headwater.lab.definition.RowSpec;
import dev.headwater.lab.definition.RowText;
import dev.headwater.lab.definition.TrainingSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabNetworkTest {

    private static final int BATCH = 3;
    private static final Shape INPUT = new Shape(20, 3);
    private static final Shape TARGET = new Shape(1, 1);

    private static String definition(String layers, String loss) {
        return """
                row: own
                title: A network of our own
                document: '001'
                data: {synthetic: {window: 20, split: 1000}}
                layers: [%s]
                training: {loss: %s, updater: {rule: adam, rate: 0.01}, batch: 4, epochs: 1}
                metric: {figure: mae, part: test, told: none}
                seconds: 1
                """.formatted(layers, loss);
    }

    private static LabNetwork network(String layers, Shape input, Shape target, long seed) {
        RowSpec row = RowText.row(definition(layers, "mse"));
        List<Layer> built = row.layers().stream().map(LayerSpec::layer).toList();
        return LabNetwork.of(built, input, target, row.training(true), seed);
    }

    private static float[] random(int length, long seed) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    // What the documents print

    @ParameterizedTest
    @CsvSource({
        "speech-rnn, 15579", // the normalisation's 259 included
        "pems-seq2seq, 171077",
        "jena-lstm, 2001", // 1,984 + 17
        "jena-bilstm, 4001", // 3,968 + 33
        "imdb-conv, 1315937"
    })
    void hasAsManyParametersAsTheDocumentPrints(String row, long expected) {
        // When
        try (LabNetwork network = RowShapes.of(RowFile.load(row)).network(42)) {
            // Then
            assertThat(network.parameterCount()).isEqualTo(expected);
        }
    }

    @Test
    void aSimpleRnnOf16UnitsOn14InputsHas496Parameters() {
        try (LabNetwork network = network("{rnn: {units: 16}}, {dense: {}}", new Shape(120, 14), TARGET, 42)) {
            assertThat(network.parameterCount()).isEqualTo(496 + 17);
            assertThat(network.parameters()).hasSize(496 + 17);
        }
    }

    @Test
    void hasTheShapesThatTheDocumentsPrint() {
        // Given spectra of a second at 16 kHz
        RowShapes speech = RowShapes.of(RowFile.load("speech-rnn"));
        // Then
        assertThat(speech.input()).isEqualTo(new Shape(124, 129));
        assertThat(RowShapes.of(RowFile.load("pems-seq2seq")).input()).isEqualTo(new Shape(13, 325));
        assertThat(RowShapes.of(RowFile.load("pems-seq2seq")).target()).isEqualTo(new Shape(12, 325));
        assertThat(RowShapes.of(RowFile.load("jena-lstm")).input()).isEqualTo(new Shape(120, 14));
    }

    // All shipped networks

    static Stream<String> trained() {
        return RowFile.shipped().stream().filter(name -> RowFile.load(name).layers() != null);
    }

    @ParameterizedTest
    @MethodSource("trained")
    void everyShippedNetworkIsFittedAndPredicts(String name) {
        // Given random examples of the row's shapes
        RowShapes shapes = RowShapes.of(RowFile.load(name));
        float[] inputs = shapes.inputs(BATCH);
        float[] targets = shapes.targets(BATCH);
        float[] outputs = new float[targets.length];
        Arrays.fill(outputs, Float.NaN);

        // When
        try (LabNetwork network = shapes.network(42)) {
            float[] before = network.parameters();
            double loss = network.fit(inputs, targets, BATCH);
            network.predict(inputs, BATCH, outputs);

            // Then
            assertThat(loss).isFinite().isPositive();
            assertThat(network.parameters()).hasSameSizeAs(before).isNotEqualTo(before);
            for (float output : outputs) {
                assertThat(output).isFinite();
            }
        }
    }

    // Repeatability

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{lstm: {units: 4}}, {dense: {}}",
                "{gru: {units: 8, dropout: 0.2, recurrentDropout: 0.5, sequences: true}},"
                        + " {gru: {units: 4, recurrentDropout: 0.5, bidirectional: true}}, {dropout: {share: 0.5}}, {dense: {}}",
                "{convolution: {filters: 8, kernel: 5, activation: relu}}, {globalMaxPooling: {}}, {dense: {}}"
            })
    void theSameSeedGivesTheSameNetworkBitByBit(String layers) {
        // When
        float[] first = afterTwoUpdates(layers, 7);
        float[] second = afterTwoUpdates(layers, 7);
        float[] other = afterTwoUpdates(layers, 8);
        // Then
        assertThat(second).containsExactly(first);
        assertThat(other).isNotEqualTo(first);
    }

    /// Parameters and predictions, one after the other.
    private static float[] afterTwoUpdates(String layers, long seed) {
        float[] inputs = random(BATCH * INPUT.length(), 1);
        float[] targets = random(BATCH, 2);
        try (LabNetwork network = network(layers, INPUT, TARGET, seed)) {
            network.fit(inputs, targets, BATCH);
            network.fit(inputs, targets, BATCH);
            float[] parameters = network.parameters();
            float[] outputs = new float[BATCH];
            network.predict(inputs, BATCH, outputs);
            float[] all = Arrays.copyOf(parameters, parameters.length + BATCH);
            System.arraycopy(outputs, 0, all, parameters.length, BATCH);
            return all;
        }
    }

    @Test
    void dropsNothingWhenItPredicts() {
        // Given a network with much dropout
        String layers = "{lstm: {units: 8, dropout: 0.5, recurrentDropout: 0.5}}, {dropout: {share: 0.5}}, {dense: {}}";
        float[] inputs = random(BATCH * INPUT.length(), 1);
        float[] first = new float[BATCH];
        float[] second = new float[BATCH];
        try (LabNetwork network = network(layers, INPUT, TARGET, 7)) {
            // When
            network.predict(inputs, BATCH, first);
            network.predict(inputs, BATCH, second);
        }
        // Then
        assertThat(second).containsExactly(first);
    }

    @Test
    void takesParametersBack() {
        // Given
        float[] inputs = random(BATCH * INPUT.length(), 1);
        float[] before = new float[BATCH];
        float[] after = new float[BATCH];
        try (LabNetwork network = network("{lstm: {units: 4}}, {dense: {}}", INPUT, TARGET, 7)) {
            network.predict(inputs, BATCH, before);
            float[] kept = network.parameters();
            network.fit(inputs, random(BATCH, 2), BATCH);
            // When
            network.setParameters(kept);
            network.predict(inputs, BATCH, after);
            // Then
            assertThat(network.parameters()).containsExactly(kept);
            assertThat(after).containsExactly(before);
        }
    }

    @Test
    void multipliesByTheScale() {
        // Given the same network with and without a scale
        float[] inputs = random(BATCH * INPUT.length(), 1);
        float[] plain = new float[BATCH];
        float[] scaled = new float[BATCH];
        try (LabNetwork without = network("{rnn: {units: 4}}, {dense: {}}", INPUT, TARGET, 7);
                LabNetwork with = network("{rnn: {units: 4}}, {dense: {}}, {scale: {factor: 100}}", INPUT, TARGET, 7)) {
            // When
            without.predict(inputs, BATCH, plain);
            with.predict(inputs, BATCH, scaled);
        }
        // Then
        for (int i = 0; i < BATCH; i++) {
            assertThat(scaled[i]).isCloseTo(100 * plain[i], within(1e-3f));
        }
    }

    @Test
    void setsTheRateOfTheNextUpdates() {
        // Given
        float[] inputs = random(BATCH * INPUT.length(), 1);
        try (LabNetwork network = network("{lstm: {units: 4}}, {dense: {}}", INPUT, TARGET, 7)) {
            float[] before = network.parameters();
            // When
            network.setRate(1e-30);
            network.fit(inputs, random(BATCH, 2), BATCH);
            // Then nothing moves
            assertThat(network.parameters()).containsExactly(before, within(1e-20f));
        }
    }

    // Layers that do not fit

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "| layers must end with dense, or with dense and scale",
                "{lstm: {units: 4}} | layers must end with dense, or with dense and scale",
                "{lstm: {units: 4}}, {scale: {factor: 3}} | layers must end with dense, or with dense and scale",
                "{lstm: {units: 4}}, {flatten: {}}, {dense: {}} | layers[1]: flatten must be the first layer",
                "{lstm: {units: 4}}, {normalise: {}}, {dense: {}} | layers[1]: normalise must be the first layer",
                "{scale: {factor: 3}}, {lstm: {units: 4}}, {dense: {}} | layers[0]: scale must be the last layer",
                "{rnn: {units: 4, sequences: true}}, {embedding: {vocabulary: 5, width: 4}}, {dense: {}} | layers[1]: embedding must be the first layer",
                "{embedding: {vocabulary: 5, width: 4}}, {lstm: {units: 4}}, {dense: {}} | layers[0]: embedding must get one number a step, found 3",
                "{lstm: {units: 4}}, {dense: {units: 3}} | layers: the last dense must have as many units as a target has values, 1, found 3",
                "{lstm: {units: 4}}, {dense: {}}, {dense: {}} | layers[1]: only the last dense may leave its units open",
                "{lstm: {units: 4, sequences: true}}, {dense: {}} | layers: the last dense must get one step for all, as targets have, found 20 steps",
                "{lstm: {units: 4}}, {repeat: {times: 5}}, {dense: {}} | layers: the last dense must get one step for all, as targets have, found 5 steps",
                "{lstm: {units: 4, sequences: true}}, {repeat: {times: 5}}, {dense: {}} | layers[1]: repeat must follow a layer that gives one step, found 20",
                "{lstm: {units: 4}}, {lstm: {units: 4}}, {dense: {}} | layers[1]: lstm must follow a layer that gives all steps, such as lstm: {sequences: true}",
                "{flatten: {}}, {globalMaxPooling: {}}, {dense: {}} | layers[1]: globalMaxPooling must follow a layer that gives all steps, such as lstm: {sequences: true}",
                "{convolution: {filters: 4, kernel: 30}}, {globalMaxPooling: {}}, {dense: {}} | layers[0]: convolution must get at least 30 steps, found 20",
                "{maxPooling: {size: 15}}, {maxPooling: {size: 2}}, {dense: {}} | layers[1]: maxPooling must get at least 2 steps, found 1",
                "{gru: {units: 5}}, {dense: {}} | layers[0]: gru must have a multiple of 4 units, found 5",
                "{rnn: {units: 4}}, {dense: {activation: relu}}, {scale: {factor: 2}} | layers: the dense before scale must have the activation linear",
            })
    void layersThatDoNotFitAreNamedInOneLine(String layers, String fault) {
        assertThatThrownBy(() -> network(layers == null ? "" : layers, INPUT, TARGET, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(fault);
    }

    @Test
    void aSequenceOfTargetsNeedsASequence() {
        assertThatThrownBy(() -> network("{lstm: {units: 4}}, {dense: {}}", INPUT, new Shape(12, 1), 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("layers: the last dense must get 12 steps, as targets have, found one step for all");
    }

    @Test
    void aCrossEntropyNeedsItsActivation() {
        // Given
        List<Layer> layers = List.of(new Layer.GlobalMaxPooling(), new Layer.Dense(2, Layer.Activation.RELU));
        TrainingSpec.Updater updater = new TrainingSpec.Updater(TrainingSpec.Updater.Rule.SGD, 1, null, null);
        TrainingSpec training = new TrainingSpec(TrainingSpec.Loss.CROSS_ENTROPY, updater, 1, 1, null, null);
        // When, then
        assertThatThrownBy(() -> LabNetwork.of(layers, INPUT, new Shape(1, 2), training, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("layers: with this loss the last dense must have the activation softmax, found relu");
    }
}
