package dev.headwater.trainer.keyword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.kernels.ClassifierShape;
import dev.headwater.kernels.ClassifierShape.Cell;
import dev.headwater.kernels.ClassifierShape.Pooling;
import dev.headwater.kernels.RecurrentClassifier;
import dev.headwater.trainer.layer.KernelLayers;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class KeywordNetworkTest {

    private static final int BATCH = 6;

    static Stream<ClassifierShape> shapes() {
        return Stream.of(
                new ClassifierShape(124, 40, 64, 5, 2, Cell.GRU, 64, 1, true, Pooling.ATTENTION, 8),
                new ClassifierShape(124, 40, 24, 5, 2, Cell.GRU, 20, 2, true, Pooling.MEAN, 8),
                new ClassifierShape(9, 3, 6, 3, 4, Cell.GRU, 8, 1, false, Pooling.MAX, 2),
                new ClassifierShape(7, 5, 0, 1, 1, Cell.GRU, 4, 3, true, Pooling.ATTENTION, 3),
                new ClassifierShape(11, 1, 5, 7, 3, Cell.GRU, 12, 1, true, Pooling.MAX, 17),
                new ClassifierShape(124, 40, 64, 5, 2, Cell.LSTM, 64, 2, true, Pooling.MEAN, 8),
                new ClassifierShape(124, 40, 24, 5, 2, Cell.LSTM, 20, 2, false, Pooling.ATTENTION, 8),
                new ClassifierShape(7, 5, 0, 1, 1, Cell.LSTM, 4, 3, true, Pooling.ATTENTION, 3),
                new ClassifierShape(11, 1, 5, 7, 3, Cell.LSTM, 12, 1, false, Pooling.MAX, 17));
    }

    /// `[clip][frame][width]`
    private static float[] spectra(ClassifierShape shape, long seed) {
        Random random = new Random(seed);
        float[] spectra = new float[BATCH * shape.width() * shape.frames()];
        for (int i = 0; i < spectra.length; i++) {
            spectra[i] = (float) random.nextGaussian();
        }
        return spectra;
    }

    /// Spectra and one-hot labels.
    private static DataSet data(ClassifierShape shape, long seed) {
        Random random = new Random(seed);
        float[] labels = new float[BATCH * shape.classes()];
        for (int clip = 0; clip < BATCH; clip++) {
            labels[clip * shape.classes() + random.nextInt(shape.classes())] = 1;
        }
        return new DataSet(
                KeywordNetwork.input(shape, BATCH, spectra(shape, seed)),
                Nd4j.createFromArray(labels).reshape('c', BATCH, shape.classes()));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void servingComputesWhatTrainingComputes(ClassifierShape shape) {
        // Given a network whose normalisation and attention have left their initial values
        KeywordSettings settings =
                KeywordSettings.DEFAULT.with(Map.of("keyword.learningRate", "0.01", "keyword.recurrentDropout", "0.1"));
        MultiLayerNetwork network = KeywordNetwork.of(shape, settings, 20);
        for (int i = 0; i < 20; i++) {
            network.fit(data(shape, i));
        }
        DataSet data = data(shape, 99);

        // When
        INDArray expected = network.output(data.getFeatures(), false);
        RecurrentClassifier serving = new RecurrentClassifier(shape, KeywordNetwork.parameters(shape, network));
        float[] frames = spectra(shape, 99);
        int length = shape.frames() * shape.width();
        for (int clip = 0; clip < BATCH; clip++) {
            float[] probabilities = new float[shape.classes()];
            serving.classify(Arrays.copyOfRange(frames, clip * length, (clip + 1) * length), probabilities);

            // Then
            for (int word = 0; word < shape.classes(); word++) {
                assertThat(probabilities[word])
                        .as("clip %d word %d", clip, word)
                        .isCloseTo(expected.getFloat(clip, word), within(1e-4f));
            }
        }
        assertThat(expected.maxNumber().doubleValue() - expected.minNumber().doubleValue())
                .as("spread of the probabilities, so that the comparison can fail")
                .isGreaterThan(0.2 / shape.classes());
        KernelLayers.close(network);
    }
}
