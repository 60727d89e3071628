package dev.headwater.lab.network;

import dev.headwater.lab.data.Shape;
import dev.headwater.lab.definition.Layer;
import dev.headwater.lab.definition.TrainingSpec;
import dev.headwater.trainer.layer.Floats;
import dev.headwater.trainer.layer.KernelLayers;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// A row's network: DL4J's, fed with plain arrays. Not thread-safe.
public final class LabNetwork implements AutoCloseable {

    private final MultiLayerNetwork network;
    private final Shape input;
    private final Shape target;
    private final boolean flat; // inputs are rows, not sequences
    private final long untrained; // parameters of the normalisation

    private LabNetwork(MultiLayerNetwork network, Shape input, Shape target, boolean flat, long untrained) {
        this.network = network;
        this.input = input;
        this.target = target;
        this.flat = flat;
        this.untrained = untrained;
    }

    /// A network with fresh parameters, drawn as Keras draws them.
    ///
    /// @param input  shape of an input, after normalisation
    /// @param target shape of a target
    /// @param seed   of parameters and dropout
    /// @throws dev.headwater.forecasting.InvalidInputException when the layers do not fit together
    public static LabNetwork of(List<Layer> layers, Shape input, Shape target, TrainingSpec training, long seed) {
        NetworkBuilder builder = new NetworkBuilder(layers, input, target, training, seed);
        MultiLayerNetwork network = new MultiLayerNetwork(builder.configuration());
        network.init();
        KerasInit.draw(network, builder.built(), seed);
        boolean flat = layers.contains(new Layer.Flatten());
        long untrained = layers.contains(new Layer.Normalise()) ? 2L * input.width() + 1 : 0;
        return new LabNetwork(network, input, target, flat, untrained);
    }

    /// Number of parameters, those of a normalisation included.
    public long parameterCount() {
        return network.numParams() + untrained;
    }

    /// One update.
    ///
    /// @param inputs  `[count][steps][width]`
    /// @param targets `[count][steps][width]`
    /// @return the loss before the update
    public double fit(float[] inputs, float[] targets, int count) {
        INDArray labels = target.steps() == 1 ? rows(targets, count, target) : sequences(targets, count, target);
        network.fit(features(inputs, count), labels);
        return network.score();
    }

    /// Predicts without dropout.
    ///
    /// @param inputs  `[count][steps][width]`
    /// @param outputs `[count][steps][width]`, written
    public void predict(float[] inputs, int count, float[] outputs) {
        INDArray predicted = network.output(features(inputs, count), false);
        if (target.steps() == 1) {
            Floats.read(predicted, outputs);
        } else {
            Floats.readByStep(predicted, outputs);
        }
    }

    /// The outputs of the first layer, a sequence, without dropout.
    ///
    /// @param inputs `[count][steps][width]`
    /// @return `[count][steps][units]`
    public float[] firstLayer(float[] inputs, int count) {
        return Floats.readByStep(
                network.feedForwardToLayer(0, features(inputs, count)).getLast(), new float[0]);
    }

    private INDArray features(float[] inputs, int count) {
        return flat ? rows(inputs, count, input) : sequences(inputs, count, input);
    }

    /// `[count, steps * width]`.
    private static INDArray rows(float[] values, int count, Shape shape) {
        INDArray rows = Nd4j.createUninitialized(DataType.FLOAT, new long[] {count, shape.length()}, 'c');
        Floats.write(values, rows);
        return rows;
    }

    /// `[count, width, steps]`.
    private static INDArray sequences(float[] values, int count, Shape shape) {
        INDArray sequences =
                Nd4j.createUninitialized(DataType.FLOAT, new long[] {count, shape.width(), shape.steps()}, 'c');
        Floats.writeByStep(values, sequences);
        return sequences;
    }

    /// Replaces the learning rate.
    public void setRate(double rate) {
        network.setLearningRate(rate);
    }

    /// A copy of the parameters that are trained.
    public float[] parameters() {
        return Floats.of(network.params());
    }

    /// @param parameters as from [#parameters()]
    public void setParameters(float[] parameters) {
        Floats.write(parameters, network.params());
    }

    /// Frees the memory off the heap and ends the threads.
    @Override
    public void close() {
        KernelLayers.close(network);
    }
}
