package dev.headwater.lab.network;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.kernels.StateActivation;
import dev.headwater.lab.data.Shape;
import dev.headwater.lab.definition.Layer;
import dev.headwater.lab.definition.Layer.Activation;
import dev.headwater.lab.definition.Layer.Cell;
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
import java.util.Locale;
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

    private static final int GRU_UNITS = 4; // that the kernel computes at once

    private final List<Layer> layers;
    private final Shape input;
    private final Shape target;
    private final TrainingSpec training;
    private final NeuralNetConfiguration.ListBuilder list;
    private final List<@Nullable Layer> built = new ArrayList<>(); // by DL4J's layer; null for one without parameters
    private int steps; // that reach the next layer; 0 when it is one row for all

    NetworkBuilder(List<Layer> layers, Shape input, Shape target, TrainingSpec training, long seed) {
        this.layers = layers;
        this.input = input;
        this.target = target;
        this.training = training;
        this.steps = input.steps();
        this.list = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(Updaters.of(training.updater()))
                .list();
    }

    /// @throws InvalidInputException when the layers do not fit together
    MultiLayerConfiguration configuration() {
        int last = layers.size() - 1;
        Layer.Scale scale = last >= 0 && layers.get(last) instanceof Layer.Scale found ? found : null;
        int output = scale == null ? last : last - 1;
        if (output < 0 || !(layers.get(output) instanceof Layer.Dense dense)) {
            throw new InvalidInputException("layers must end with dense, or with dense and scale");
        }
        for (int i = 0; i < output; i++) {
            add(layers.get(i), i);
        }
        addOutput(dense, scale);
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
        String name = "layers[" + index + "]: ";
        switch (layer) {
            case Layer.Normalise first ->
                require(index == 0, name + "normalise must be the first layer"); // of the data
            case Layer.Flatten first -> {
                require(index == 0, name + "flatten must be the first layer");
                steps = 0;
            }
            case Layer.Embedding embedding -> {
                require(index == 0, name + "embedding must be the first layer");
                require(input.width() == 1, name + "embedding must get one number a step, found " + input.width());
                add(embedding);
            }
            case Layer.Convolution convolution -> add(convolution, name + "convolution");
            case Layer.MaxPooling pooling -> add(pooling, name + "maxPooling");
            case Layer.GlobalMaxPooling pooling -> addPooling(PoolingType.MAX, name + "globalMaxPooling");
            case Layer.GlobalAveragePooling pooling -> addPooling(PoolingType.AVG, name + "globalAveragePooling");
            case Layer.Dense dense -> add(dense, name);
            case Layer.Dropout dropout -> add(null, new DropoutLayer.Builder(1 - dropout.share()).build());
            case Layer.Repeat repeat -> {
                require(steps == 0, name + "repeat must follow a layer that gives one step, found " + steps);
                add(null, new RepeatVector.Builder(repeat.times()).build());
                steps = repeat.times();
            }
            case Layer.Scale scale -> throw new InvalidInputException(name + "scale must be the last layer");
            case Layer.Recurrent recurrent ->
                add(recurrent, name + recurrent.cell().name().toLowerCase(Locale.ROOT));
        }
    }

    private static void require(boolean holds, String fault) {
        if (!holds) {
            throw new InvalidInputException(fault);
        }
    }

    /// @param name of a layer over time
    /// @param least steps that it needs
    private void requireSteps(String name, int least) {
        require(steps > 0, name + " must follow a layer that gives all steps, such as lstm: {sequences: true}");
        require(steps >= least, name + " must get at least " + least + " steps, found " + steps);
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

    private void add(Layer.Convolution convolution, String name) {
        requireSteps(name, convolution.kernel());
        add(
                convolution,
                new SequenceConvolutionLayer.Builder(convolution.kernel())
                        .nOut(convolution.filters())
                        .activation(activation(convolution.activation()))
                        .build());
        steps -= convolution.kernel() - 1;
    }

    private void add(Layer.MaxPooling pooling, String name) {
        requireSteps(name, pooling.size());
        add(
                null,
                new Subsampling1DLayer.Builder(SubsamplingLayer.PoolingType.MAX, pooling.size(), pooling.size())
                        .convolutionMode(ConvolutionMode.Truncate)
                        .build());
        steps /= pooling.size();
    }

    private void addPooling(PoolingType type, String name) {
        requireSteps(name, 1);
        add(null, new GlobalPoolingLayer(type));
        steps = 0;
    }

    private void add(Layer.Dense dense, String name) {
        if (dense.units() == null) {
            throw new InvalidInputException(name + "only the last dense may leave its units open");
        }
        add(
                dense,
                new DenseLayer.Builder()
                        .nOut(dense.units())
                        .activation(activation(dense.activation()))
                        .build());
    }

    private void add(Layer.Recurrent recurrent, String name) {
        Units units = recurrent.settings();
        requireSteps(name, 1);
        require(
                recurrent.cell() != Cell.GRU || units.units() % GRU_UNITS == 0,
                name + " must have a multiple of " + GRU_UNITS + " units, found " + units.units());
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
        steps = last ? 0 : steps;
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

    /// DL4J takes targets of one step as rows.
    private void addOutput(Layer.Dense dense, Layer.@Nullable Scale scale) {
        require(
                steps == (target.steps() == 1 ? 0 : target.steps()),
                "layers: the last dense must get " + told(target.steps() == 1 ? 0 : target.steps())
                        + ", as targets have, found " + told(steps));
        int units = dense.units() == null ? target.width() : dense.units();
        require(
                units == target.width(),
                "layers: the last dense must have as many units as a target has values, " + target.width() + ", found "
                        + units);
        requireActivation(dense.activation() == null ? Activation.LINEAR : dense.activation());
        require(
                scale == null || dense.activation() == null || dense.activation() == Activation.LINEAR,
                "layers: the dense before scale must have the activation linear");
        MeanLoss loss = new MeanLoss(training.loss().kind(), target.steps());
        BaseOutputLayer.Builder<?> builder =
                steps > 0 ? new RnnOutputLayer.Builder(loss) : new OutputLayer.Builder(loss);
        builder.nOut(units);
        builder.activation(scale == null ? activation(dense.activation()) : new ScaledIdentity(scale.factor()));
        add(dense, builder.build());
    }

    /// Cross entropies include their activation.
    private void requireActivation(Activation found) {
        Activation needed = switch (training.loss()) {
            case CROSS_ENTROPY -> Activation.SOFTMAX;
            case BINARY_CROSS_ENTROPY -> Activation.SIGMOID;
            case MSE, RMSE, MAE, HUBER -> found;
        };
        require(
                found == needed,
                "layers: with this loss the last dense must have the activation " + word(needed) + ", found "
                        + word(found));
    }

    private static String word(Activation activation) {
        return activation.name().toLowerCase(Locale.ROOT);
    }

    private static String told(int steps) {
        return steps == 0 ? "one step for all" : steps + " steps";
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
