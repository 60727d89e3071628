package dev.headwater.trainer.keyword;

import dev.headwater.kernels.ClassifierShape;
import dev.headwater.kernels.Seq2SeqShape.Tensor;
import dev.headwater.trainer.layer.AttentionPoolingLayer;
import dev.headwater.trainer.layer.ColumnsToSteps;
import dev.headwater.trainer.layer.Floats;
import dev.headwater.trainer.layer.GruLayer;
import dev.headwater.trainer.layer.OneCycleSchedule;
import dev.headwater.trainer.layer.RecurrentWeightDrop;
import dev.headwater.trainer.layer.TimeConvolutionLayer;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/// The network of [ClassifierShape] as a DL4J network: convolution with batch normalisation, GRUs or LSTMs, pooling,
/// softmax under cross-entropy; AdamW on a one-cycle learning rate.
final class KeywordNetwork {

    private static final String CONVOLUTION = "convolution";
    private static final String NORMALISATION = "normalisation";
    private static final String GRU = "gru";
    private static final String LSTM = "lstm";
    private static final String RECURRENT = "recurrent";
    private static final String ATTENTION = "attention";
    private static final String HEAD = "head";
    private static final double VARIANCE_FLOOR = 1e-5;
    private static final double RUNNING_DECAY = 0.9;
    private static final int LAYERS_OF_CONVOLUTION = 3;
    private static final int[] GATES_OF_DL4J = {3, 1, 0, 2}; // positions of i, f, g and o in DL4J's LSTM

    private KeywordNetwork() {}

    /// A fresh network with parameters drawn from the settings' seed.
    ///
    /// @param iterations parameter updates that the learning rate's cycle spans
    static MultiLayerNetwork of(ClassifierShape shape, KeywordSettings settings, int iterations) {
        RecurrentWeightDrop drop =
                new RecurrentWeightDrop(settings.architecture().recurrentDropout(), settings.seed());
        MultiLayerNetwork network = new MultiLayerNetwork(configuration(shape, settings, iterations, drop));
        network.init();
        network.addListeners(drop.gradients());
        return network;
    }

    private static MultiLayerConfiguration configuration(
            ClassifierShape shape, KeywordSettings settings, int iterations, RecurrentWeightDrop drop) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(settings.seed())
                .weightInit(WeightInit.XAVIER)
                .updater(Adam.builder()
                        .learningRateSchedule(new OneCycleSchedule(settings.learningRate(), iterations))
                        .build())
                .weightDecay(settings.weightDecay(), true)
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(settings.gradientClip())
                .list();
        if (shape.filters() > 0) {
            addConvolution(list, shape);
        }
        for (int layer = 0; layer < shape.layers(); layer++) {
            list.layer(recurrent(layer, shape, settings.architecture(), drop));
        }
        list.layer(pooling(shape));
        list.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                .name(HEAD)
                .nOut(shape.classes())
                .activation(Activation.SOFTMAX)
                .dropOut(1 - settings.architecture().dropout())
                .build());
        return list.setInputType(input(shape)).build();
    }

    private static InputType input(ClassifierShape shape) {
        return shape.filters() == 0
                ? InputType.recurrent(shape.width(), shape.frames())
                : InputType.feedForward((long) shape.frames() * shape.width());
    }

    /// The network's input for clips: rows of frames for the convolution, else sequences `[clip, width, frame]`.
    ///
    /// @param frames `[clip][frame][width]`
    static INDArray input(ClassifierShape shape, int clips, float[] frames) {
        long length = (long) shape.frames() * shape.width();
        INDArray rows = Nd4j.createUninitialized(DataType.FLOAT, new long[] {clips, length}, 'c');
        Floats.write(frames, rows);
        return shape.filters() == 0
                ? rows.reshape('c', clips, shape.frames(), shape.width())
                        .permute(0, 2, 1)
                        .dup('c')
                : rows;
    }

    private static void addConvolution(NeuralNetConfiguration.ListBuilder list, ClassifierShape shape) {
        list.layer(new TimeConvolutionLayer.Builder(
                        shape.frames(), shape.width(), shape.filters(), shape.kernel(), shape.stride())
                .name(CONVOLUTION)
                .weightInit(WeightInit.RELU)
                .build());
        list.layer(new BatchNormalization.Builder()
                .name(NORMALISATION)
                .decay(RUNNING_DECAY)
                .eps(VARIANCE_FLOOR)
                .useLogStd(false)
                .build());
        list.layer(new ActivationLayer.Builder().activation(Activation.RELU).build());
        list.inputPreProcessor(LAYERS_OF_CONVOLUTION, new ColumnsToSteps());
    }

    /// Dropout drops whole channels of the input, the same ones at every step.
    private static Layer recurrent(
            int number, ClassifierShape shape, KeywordSettings.Architecture architecture, RecurrentWeightDrop drop) {
        BaseRecurrentLayer.Builder<?> builder = switch (shape.cell()) {
            case GRU -> new GruLayer.Builder().recurrentDropout(architecture.recurrentDropout());
            case LSTM -> new LSTM.Builder().activation(Activation.TANH).weightNoise(drop);
        };
        builder.nOut(shape.hidden()).name(RECURRENT + number).weightInit(WeightInit.XAVIER);
        if (architecture.dropout() > 0) {
            builder.dropOut(new SpatialDropout(1 - architecture.dropout()));
        }
        Layer one = builder.build();
        if (!shape.bidirectional()) {
            return one;
        }
        Bidirectional both = new Bidirectional(Bidirectional.Mode.CONCAT, one);
        both.setLayerName(RECURRENT + number);
        return both;
    }

    private static Layer pooling(ClassifierShape shape) {
        return switch (shape.pooling()) {
            case MEAN -> new GlobalPoolingLayer(PoolingType.AVG);
            case MAX -> new GlobalPoolingLayer(PoolingType.MAX);
            case ATTENTION ->
                new AttentionPoolingLayer.Builder().name(ATTENTION).build();
        };
    }

    /// The parameters in the layout of the serving network, whose convolution includes the batch normalisation.
    static float[] parameters(ClassifierShape shape, MultiLayerNetwork network) {
        float[] all = new float[shape.parameterCount()];
        for (Tensor tensor : shape.tensors()) {
            float[] values = tensor(tensor, shape, network);
            System.arraycopy(values, 0, all, tensor.offset(), tensor.size());
        }
        return all;
    }

    private static float[] tensor(Tensor tensor, ClassifierShape shape, MultiLayerNetwork network) {
        String[] path = tensor.name().split("\\.", -1);
        return switch (path[0]) {
            case CONVOLUTION -> path[1].equals("weight") ? filters(shape, network) : filterBiases(shape, network);
            case ATTENTION -> values(network, ATTENTION, "W");
            case HEAD -> path[1].equals("weight") ? head(network) : values(network, HEAD, "b");
            case GRU -> values(network, RECURRENT + path[1], key(shape, path[2], path[3]));
            case LSTM -> lstm(network.getLayer(RECURRENT + path[1]).getParam(key(shape, path[2], path[3])));
            default -> throw new IllegalStateException("no tensor " + tensor.name());
        };
    }

    /// DL4J's name of a cell's tensor; its wrapper for both directions puts `f` or `b` before it.
    private static String key(ClassifierShape shape, String direction, String tensor) {
        String key = switch (tensor) {
            case "weight_ih" -> "W";
            case "weight_hh" -> "RW";
            case "bias_ih", "bias" -> "b";
            case "bias_hh" -> "rb";
            default -> throw new IllegalStateException("no tensor " + tensor);
        };
        return (shape.bidirectional() ? direction.substring(0, 1) : "") + key;
    }

    /// `[4 hidden][columns]`, gates i, f, g, o, from DL4J's `[columns, 4 hidden]`, whose gates lie in the order g, f,
    /// o, i.
    private static float[] lstm(INDArray tensor) {
        float[] rows = Floats.of(tensor.rank() == 1 ? tensor : tensor.transpose());
        float[] out = new float[rows.length];
        int gate = rows.length / GATES_OF_DL4J.length;
        for (int i = 0; i < GATES_OF_DL4J.length; i++) {
            System.arraycopy(rows, GATES_OF_DL4J[i] * gate, out, i * gate, gate);
        }
        return out;
    }

    /// `[filter][frame of the kernel][width]`, multiplied by the normalisation's scale of each filter.
    private static float[] filters(ClassifierShape shape, MultiLayerNetwork network) {
        float[] weights = values(network, CONVOLUTION, "W");
        float[] scale = scale(network);
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= scale[i / (shape.kernel() * shape.width())];
        }
        return weights;
    }

    private static float[] filterBiases(ClassifierShape shape, MultiLayerNetwork network) {
        float[] bias = values(network, CONVOLUTION, "b");
        float[] mean = values(network, NORMALISATION, "mean");
        float[] beta = values(network, NORMALISATION, "beta");
        float[] scale = scale(network);
        float[] out = new float[shape.filters()];
        for (int filter = 0; filter < out.length; filter++) {
            out[filter] = (bias[filter] - mean[filter]) * scale[filter] + beta[filter];
        }
        return out;
    }

    private static float[] scale(MultiLayerNetwork network) {
        float[] gamma = values(network, NORMALISATION, "gamma");
        float[] variance = values(network, NORMALISATION, "var");
        for (int filter = 0; filter < gamma.length; filter++) {
            gamma[filter] /= (float) Math.sqrt(variance[filter] + VARIANCE_FLOOR);
        }
        return gamma;
    }

    /// `[class][state]` from DL4J's `[state, class]`.
    private static float[] head(MultiLayerNetwork network) {
        INDArray weights = network.getLayer(HEAD).getParam("W");
        return Floats.of(weights.transpose());
    }

    private static float[] values(MultiLayerNetwork network, String layer, String key) {
        return Floats.of(network.getLayer(layer).getParam(key));
    }
}
