package dev.headwater.trainer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.InverseSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/// The updaters and schedules that stand for those of Keras, on a network of one weight and one bias.
class UpdatersTest {

    private static final double[] X = {1.5, -0.7, 0.2};
    private static final double[] Y = {-2, 0.4, 1};

    /// An updater in double precision: its state and the formula of Keras.
    private static final class Plain {

        final double[] weights = new double[2]; // weight, bias
        final double[] first = new double[2]; // velocity, or mean of the gradients
        final double[] second = new double[2]; // mean of the squared gradients

        final double scale; // of the targets

        Plain(double scale) {
            this.scale = scale;
        }

        double[] gradient() {
            double[] sum = new double[2];
            for (int i = 0; i < X.length; i++) {
                double slope = 2 * (weights[0] * X[i] + weights[1] - scale * Y[i]) / X.length;
                sum[0] += slope * X[i];
                sum[1] += slope;
            }
            return sum;
        }

        void momentum(double rate) {
            double[] g = gradient();
            for (int i = 0; i < 2; i++) {
                first[i] = 0.9 * first[i] - rate * g[i];
                weights[i] += first[i];
            }
        }

        void rmsProp(double rate) {
            double[] g = gradient();
            for (int i = 0; i < 2; i++) {
                second[i] = 0.9 * second[i] + 0.1 * g[i] * g[i];
                weights[i] -= rate * g[i] / Math.sqrt(second[i] + 1e-7);
            }
        }

        void adam(double rate, int t) {
            double[] g = gradient();
            double alpha = rate * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
            for (int i = 0; i < 2; i++) {
                first[i] += (g[i] - first[i]) * 0.1;
                second[i] += (g[i] * g[i] - second[i]) * 0.001;
                weights[i] -= alpha * first[i] / (Math.sqrt(second[i]) + 1e-7);
            }
        }
    }

    private static MultiLayerNetwork network(IUpdater updater) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .updater(updater)
                .list()
                .layer(new OutputLayer.Builder(new MeanLoss(LossKind.SQUARED_ERROR, 1))
                        .nIn(1)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        network.init();
        network.params().assign(0);
        return network;
    }

    /// @param scale of the targets, and so of all gradients
    private static DataSet data(double scale) {
        return new DataSet(column(X), column(Y).muli(scale));
    }

    private static INDArray column(double[] values) {
        return Nd4j.createFromArray(values).castTo(DataType.FLOAT).reshape(values.length, 1);
    }

    private static void assertSame(MultiLayerNetwork network, Plain plain, int step) {
        for (int i = 0; i < 2; i++) {
            assertThat(network.params().getDouble(i))
                    .as("parameter %d after step %d", i, step)
                    .isCloseTo(plain.weights[i], within(2e-5 * plain.scale));
        }
    }

    @Test
    void momentumIsThatOfKeras() {
        // Given
        MultiLayerNetwork network = network(new Momentum(0.05, 0.9));
        Plain plain = new Plain(1);
        for (int step = 1; step <= 30; step++) {
            // When
            network.fit(data(1));
            plain.momentum(0.05);
            // Then
            assertSame(network, plain, step);
        }
    }

    @Test
    void momentumFollowsItsSchedule() {
        // Given
        MultiLayerNetwork network = network(new Momentum(inverse(0.05, 1), 0.9));
        Plain plain = new Plain(1);
        for (int step = 1; step <= 10; step++) {
            // When
            network.fit(data(1));
            plain.momentum(0.05 / step);
            // Then
            assertSame(network, plain, step);
        }
    }

    static List<IUpdater> ours() {
        return List.of(new Momentum(inverse(0.05, 1), 0.9), new RootMeanSquare(inverse(0.05, 1), 0.8, 1e-6));
    }

    @ParameterizedTest
    @MethodSource("ours")
    void survivesJson(IUpdater updater) {
        // Given
        MultiLayerConfiguration configuration = network(updater).getLayerWiseConfigurations();
        // When it is written and read, then it is the same
        assertThat(MultiLayerConfiguration.fromJson(configuration.toJson())).isEqualTo(configuration);
    }

    private static ISchedule inverse(double rate, double decay) {
        return new InverseSchedule(ScheduleType.ITERATION, rate, decay, 1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-3, 1e-5})
    void rmsPropIsThatOfKeras(double scale) {
        // Given gradients far above epsilon, and about as small
        MultiLayerNetwork network = network(new RootMeanSquare(0.01 * scale));
        Plain plain = new Plain(scale);
        for (int step = 1; step <= 30; step++) {
            // When
            network.fit(data(scale));
            plain.rmsProp(0.01 * scale);
            // Then
            assertSame(network, plain, step);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-3, 1e-6})
    void adamIsThatOfKeras(double scale) {
        // Given gradients far above epsilon, and about as small
        MultiLayerNetwork network = network(new Adam(0.01 * scale, 0.9, 0.999, 1e-7));
        Plain plain = new Plain(scale);
        for (int step = 1; step <= 30; step++) {
            // When
            network.fit(data(scale));
            plain.adam(0.01 * scale, step);
            // Then
            assertSame(network, plain, step);
        }
    }

    @Test
    void inverseScheduleIsTheDecayOfKeras() {
        // Given decay 0.01
        ISchedule schedule = inverse(0.1, 0.01);
        // When the rate is asked for, then it is rate / (1 + decay * iteration)
        for (int iteration : new int[] {0, 1, 10, 1000}) {
            assertThat(schedule.valueAt(iteration, 0)).isCloseTo(0.1 / (1 + 0.01 * iteration), within(1e-12));
        }
    }

    @Test
    void exponentialScheduleGrowsTenfoldInTwentyEpochs() {
        // Given
        ISchedule schedule = new ExponentialSchedule(ScheduleType.EPOCH, 1e-8, Math.pow(10, 1 / 20.0));
        // When the rate is asked for, then it is start * 10^(epoch / 20)
        for (int epoch : new int[] {0, 1, 20, 99}) {
            double expected = 1e-8 * Math.pow(10, epoch / 20.0);
            assertThat(schedule.valueAt(7, epoch)).isCloseTo(expected, within(1e-10 * expected));
        }
    }
}
