package dev.headwater.lab.network;

import dev.headwater.lab.definition.Layer;
import dev.headwater.lab.definition.Layer.Cell;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// Initial parameters as Keras draws them: weights uniform (Glorot & Bengio, *Understanding the difficulty of
/// training
/// deep feedforward neural networks*, 2010), recurrent weights orthogonal (Saxe et al., 2014), biases zero, but
/// one for
/// the forget gate of an LSTM (Jozefowicz et al., 2015), embeddings uniform in ±0.05.
final class KerasInit {

    private static final double EMBEDDING = 0.05;

    private final Random random;

    private KerasInit(long seed) {
        this.random = new Random(seed);
    }

    /// Overwrites the parameters of a fresh network.
    ///
    /// @param layers what each of DL4J's layers stands for; null for those without parameters
    static void draw(MultiLayerNetwork network, List<@Nullable Layer> layers, long seed) {
        KerasInit init = new KerasInit(seed);
        for (int i = 0; i < layers.size(); i++) {
            Map<String, INDArray> parameters = network.getLayer(i).paramTable();
            Layer layer = layers.get(i);
            if (layer != null) {
                parameters.forEach((key, parameter) -> init.fill(layer, key, parameter));
            }
        }
    }

    private void fill(Layer layer, String key, INDArray parameter) {
        switch (layer) {
            case Layer.Recurrent recurrent -> recurrent(recurrent, key, parameter);
            case Layer.Embedding embedding -> uniform(parameter, EMBEDDING);
            case Layer.Convolution convolution -> weights(key, parameter, fans(convolution, parameter));
            case Layer.Dense dense -> weights(key, parameter, sum(parameter.shape()));
            case Layer.Normalise none -> none(none);
            case Layer.MaxPooling none -> none(none);
            case Layer.GlobalMaxPooling none -> none(none);
            case Layer.GlobalAveragePooling none -> none(none);
            case Layer.Flatten none -> none(none);
            case Layer.Dropout none -> none(none);
            case Layer.Repeat none -> none(none);
            case Layer.Scale none -> none(none);
        }
    }

    private static void none(Layer layer) {
        throw new IllegalStateException("no parameters: " + layer);
    }

    /// Values that enter and leave a filter.
    private static double fans(Layer.Convolution convolution, INDArray weights) {
        double entering = (double) weights.length() / convolution.filters();
        return entering + (double) convolution.kernel() * convolution.filters();
    }

    /// Values that enter and leave a fully connected layer, for its weights `[entering, leaving]`.
    private static double sum(long... shape) {
        return LongStream.of(shape).sum();
    }

    private void weights(String key, INDArray parameter, double fans) {
        if (key.equals("b")) {
            parameter.assign(0);
        } else {
            uniform(parameter, Math.sqrt(6 / fans));
        }
    }

    /// DL4J's wrapper for both directions puts `f` or `b` before the keys.
    private void recurrent(Layer.Recurrent layer, String key, INDArray parameter) {
        if (key.endsWith("RW")) {
            if (Boolean.FALSE.equals(layer.settings().orthogonal())) {
                uniform(parameter, Math.sqrt(6.0 / (parameter.size(0) + parameter.size(1))));
            } else {
                orthogonal(parameter);
            }
        } else if (key.endsWith("W")) {
            uniform(parameter, Math.sqrt(6.0 / (parameter.size(0) + parameter.size(1))));
        } else {
            bias(layer, parameter);
        }
    }

    /// Gates of an LSTM lie in the order input, forget, cell, output.
    private static void bias(Layer.Recurrent layer, INDArray bias) {
        float[] values = new float[(int) bias.length()];
        int units = layer.settings().units();
        for (int i = units; layer.cell() == Cell.LSTM && i < 2 * units; i++) {
            values[i] = 1;
        }
        bias.assign(Nd4j.createFromArray(values).reshape('c', bias.shape()));
    }

    private void uniform(INDArray parameter, double limit) {
        float[] values = new float[(int) parameter.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * limit);
        }
        parameter.assign(Nd4j.createFromArray(values).reshape('c', parameter.shape()));
    }

    /// Orthonormal columns by Gram and Schmidt's process, of normal values.
    ///
    /// @param parameter `[rows, columns]`, rows at least as many as columns
    private void orthogonal(INDArray parameter) {
        int rows = (int) parameter.size(0);
        int columns = (int) parameter.size(1);
        double[][] basis = new double[columns][rows];
        for (int c = 0; c < columns; c++) {
            for (int r = 0; r < rows; r++) {
                basis[c][r] = random.nextGaussian();
            }
            for (int before = 0; before < c; before++) {
                add(basis[c], basis[before], -dot(basis[c], basis[before]));
            }
            add(basis[c], basis[c], 1 / Math.sqrt(dot(basis[c], basis[c])) - 1);
        }
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) basis[i % columns][i / columns];
        }
        parameter.assign(Nd4j.createFromArray(values).reshape('c', rows, columns));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void add(double[] to, double[] from, double factor) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * from[i];
        }
    }
}
