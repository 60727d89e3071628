package dev.headwater.lab.network;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.kernels.StateActivation;
import dev.headwater.lab.data.Shape;
import dev.headwater.lab.definition.Layer;
import dev.headwater.lab.definition.Layer.Activation;
import dev.headwater.lab.definition.Layer.Units;
import dev.headwater.lab.definition.TrainingSpec;
import dev.headwater.trainer.layer.FinalStatesLayer;
import dev.headwater.trainer.layer.GruLayer;
import dev.headwater.trainer.layer.LstmLayer;
import dev.headwater.trainer.layer.MeanLoss;
import dev.headwater.trainer.layer.ScaledIdentity;
import dev.headwater.trainer.layer.SequenceConvolutionLayer;
import dev.headwater.trainer.layer.SequenceEmbeddingLayer;
import dev.headwater.trainer.layer.SequenceLayer;
import dev.headwater.trainer.layer.SimpleRnnLayer;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;

/// Turns the layers of a row into a configuration of DL4J: recurrent layers and convolutions on the vector
/// kernels, the
/// others DL4J's own.
final class NetworkBuilder {

    private final List<Layer> layers;
    private final Shape input;
    private final Shape target;
    private final TrainingSpec training;
    private final NeuralNetConfiguration.ListBuilder list;
    private final List<@Nullable Layer> built = new ArrayList<>(); // by DL4J's layer; null for one without parameters
    private boolean sequence = true; // whether a value per step reaches the next layer

    NetworkBuilder(List<Layer> layers, Shape input, Shape target, TrainingSpec training, long seed) {
        this.layers = layers;
        this.input = input;
        this.target = target;
        this.training = training;
        this.list = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(Updaters.of(training.updater()))
                .list();
    }

    /// @throws InvalidInputException when the layers do not fit together
    MultiLayerConfiguration configuration() {
        int last = layers.size() - 1;
        double factor = layers.get(last) instanceof Layer.Scale scale ? scale.factor() : 1;
        int output = layers.get(last) instanceof Layer.Scale ? last - 1 : last;
        if (output < 0 || !(layers.get(output) instanceof Layer.Dense dense)) {
            throw new InvalidInputException("layers must end with dense, or with dense and scale");
        }
        for (int i = 0; i < output; i++) {
            add(layers.get(i), i);
        }
        addOutput(dense, factor);
        return list.setInputType(inputType()).build();
    }

    private InputType inputType() {
        return layers.contains(new Layer.Flatten())
                ? InputType.feedForward(input.length())
                : InputType.recurrent(input.width(), input.steps());
    }

    /// What each of DL4J's layers stands for; null for those without parameters.
    List<@Nullable Layer> built() {
        return built;
    }

    private void add(Layer layer, int index) {
        switch (layer) {
            case Layer.Normalise first -> requireFirst(index, "normalise"); // done by the data
            case Layer.Flatten first -> {
                requireFirst(index, "flatten");
                sequence = false;
            }
            case Layer.Embedding embedding -> add(embedding);
            case Layer.Convolution convolution ->
                add(
                        convolution,
                        new SequenceConvolutionLayer.Builder(convolution.kernel())
                                .nOut(convolution.filters())
                                .activation(activation(convolution.activation()))
                                .build());
            case Layer.MaxPooling pooling ->
                add(
                        null,
                        new Subsampling1DLayer.Builder(SubsamplingLayer.PoolingType.MAX, pooling.size(), pooling.size())
                                .convolutionMode(ConvolutionMode.Truncate)
                                .build());
            case Layer.GlobalMaxPooling pooling -> addPooling(PoolingType.MAX);
            case Layer.GlobalAveragePooling pooling -> addPooling(PoolingType.AVG);
            case Layer.Dense dense -> add(dense);
            case Layer.Dropout dropout -> add(null, new DropoutLayer.Builder(1 - dropout.share()).build());
            case Layer.Repeat repeat -> {
                add(null, new RepeatVector.Builder(repeat.times()).build());
                sequence = true;
            }
            case Layer.Scale scale -> throw new InvalidInputException("layers: scale must be the last layer");
            case Layer.Recurrent recurrent -> add(recurrent);
        }
    }

    private static void requireFirst(int index, String name) {
        if (index != 0) {
            throw new InvalidInputException("layers: " + name + " must be the first layer, found as layer " + index);
        }
    }

    private void add(@Nullable Layer layer, org.deeplearning4j.nn.conf.layers.Layer configuration) {
        list.layer(configuration);
        built.add(layer);
    }

    private void add(Layer.Embedding embedding) {
        add(
                embedding,
                new SequenceEmbeddingLayer.Builder()
                        .nIn(embedding.vocabulary())
                        .nOut(embedding.width())
                        .build());
    }

    private void addPooling(PoolingType type) {
        add(null, new GlobalPoolingLayer(type));
        sequence = false;
    }

    private void add(Layer.Dense dense) {
        if (dense.units() == null) {
            throw new InvalidInputException("layers: only the last dense may leave its units open");
        }
        add(
                dense,
                new DenseLayer.Builder()
                        .nOut(dense.units())
                        .activation(activation(dense.activation()))
                        .build());
    }

    private void add(Layer.Recurrent recurrent) {
        Units units = recurrent.settings();
        SequenceLayer one = cell(recurrent);
        boolean both = Boolean.TRUE.equals(units.bidirectional());
        boolean last = !Boolean.TRUE.equals(units.sequences());
        if (both) {
            add(recurrent, new Bidirectional(Bidirectional.Mode.CONCAT, one));
            if (last) {
                add(null, new FinalStatesLayer());
            }
        } else {
            add(recurrent, last ? new LastTimeStep(one) : one);
        }
        sequence = !last;
    }

    private static SequenceLayer cell(Layer.Recurrent recurrent) {
        Units units = recurrent.settings();
        SequenceLayer.Builder<?> builder = switch (recurrent.cell()) {
            case RNN -> new SimpleRnnLayer.Builder().stateActivation(state(units));
            case LSTM -> new LstmLayer.Builder();
            case GRU -> new GruLayer.Builder().stateActivation(state(units));
        };
        builder.nOut(units.units());
        builder.inputDropout(units.dropout() == null ? 0 : units.dropout());
        builder.recurrentDropout(units.recurrentDropout() == null ? 0 : units.recurrentDropout());
        return builder.build();
    }

    private static StateActivation state(Units units) {
        return units.activation() == Activation.RELU ? StateActivation.RELU : StateActivation.TANH;
    }

    private void addOutput(Layer.Dense dense, double factor) {
        MeanLoss loss = new MeanLoss(Updaters.of(training.loss()), target.steps());
        BaseOutputLayer.Builder<?> builder =
                sequence ? new RnnOutputLayer.Builder(loss) : new OutputLayer.Builder(loss);
        int units = dense.units() == null ? target.width() : dense.units();
        if (units != target.width()) {
            throw new InvalidInputException("layers: the last dense must have as many units as a target has values, "
                    + target.width() + ", found " + units);
        }
        builder.nOut(units);
        builder.activation(factor == 1 ? activation(dense.activation()) : new ScaledIdentity(factor));
        add(dense, builder.build());
    }

    private static IActivation activation(@Nullable Activation activation) {
        return switch (activation == null ? Activation.LINEAR : activation) {
            case LINEAR -> org.nd4j.linalg.activations.Activation.IDENTITY.getActivationFunction();
            case RELU -> org.nd4j.linalg.activations.Activation.RELU.getActivationFunction();
            case TANH -> org.nd4j.linalg.activations.Activation.TANH.getActivationFunction();
            case SIGMOID -> org.nd4j.linalg.activations.Activation.SIGMOID.getActivationFunction();
            case SOFTMAX -> org.nd4j.linalg.activations.Activation.SOFTMAX.getActivationFunction();
        };
    }
}
