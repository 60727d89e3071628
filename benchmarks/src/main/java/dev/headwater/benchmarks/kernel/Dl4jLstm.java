package dev.headwater.benchmarks.kernel;

import dev.headwater.benchmarks.ReferenceModel;
import dev.headwater.kernels.Seq2SeqShape;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/// What DL4J has of its own for the task: it has no GRU and no decoder, so two layers of LSTM as wide as the network's
/// GRUs over as many steps, and an output for each step. Another network, with a third more weights.
final class Dl4jLstm implements Implementation {

    private final MultiLayerNetwork network;
    private final INDArray inputs; // [windows][inputs][steps]

    Dl4jLstm(int windows) {
        Seq2SeqShape shape = ReferenceModel.SHAPE;
        network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(lstm(shape.encoderInputs(), shape.hidden()))
                .layer(lstm(shape.hidden(), shape.hidden()))
                .layer(new RnnOutputLayer.Builder(LossFunction.MEAN_ABSOLUTE_ERROR)
                        .activation(Activation.IDENTITY)
                        .nIn(shape.hidden())
                        .nOut(1)
                        .build())
                .build());
        network.init();
        inputs = Nd4j.rand(DataType.FLOAT, windows, shape.encoderInputs(), shape.lookback());
    }

    private static LSTM lstm(int inputs, int hidden) {
        return new LSTM.Builder()
                .nIn(inputs)
                .nOut(hidden)
                .activation(Activation.TANH)
                .build();
    }

    @Override
    public String name() {
        return "dl4j-lstm";
    }

    @Override
    public void run() {
        network.output(inputs);
    }

    @Override
    public float[] forecasts() {
        return new float[0];
    }

    @Override
    public void close() {
        network.close();
    }
}
