package dev.headwater.trainer.layer;

import dev.headwater.kernels.DropoutMasks;
import dev.headwater.kernels.Seq2SeqTraining;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Runs a [Seq2SeqLayer] on the vector kernel [Seq2SeqTraining]: DL4J owns parameters and gradients, the kernel gets
/// copies of them for each pass. Not thread-safe, as no DL4J layer is.
class Seq2SeqLayerImpl extends BaseLayer<Seq2SeqLayer> {

    private static final long serialVersionUID = 1L;

    private transient @Nullable Seq2SeqTraining kernel;
    private transient float[] weights = new float[0];
    private transient float[] rows = new float[0]; // [window][row length]
    private transient float[] out = new float[0]; // [window][horizon]
    private transient float[] slopes = new float[0]; // [window][horizon], gradient of the loss by the forecasts
    private transient float[] gradients = new float[0];
    private transient DropoutMasks masks = DropoutMasks.NONE;

    Seq2SeqLayerImpl(NeuralNetConfiguration configuration, DataType dataType) {
        super(configuration, dataType);
    }

    private Seq2SeqTraining kernel() {
        Seq2SeqTraining current = kernel;
        if (current == null) {
            int processors = Runtime.getRuntime().availableProcessors();
            current = new Seq2SeqTraining(layerConf().shape(), processors);
            kernel = current;
        }
        return current;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        forward(training ? masks : DropoutMasks.NONE);
        long[] shape = {input.size(0), layerConf().getNOut()};
        INDArray forecasts = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, shape, 'c');
        Floats.write(out, forecasts);
        return forecasts;
    }

    void drop(DropoutMasks next) {
        masks = next;
    }

    private void forward(DropoutMasks dropped) {
        int count = (int) input.size(0);
        weights = Floats.read(paramsFlattened, weights);
        rows = Floats.read(input, rows);
        int forecasts = count * (int) layerConf().getNOut();
        out = out.length < forecasts ? new float[forecasts] : out;
        kernel().setParameters(weights);
        kernel().forward(rows, count, out, dropped);
    }

    /// The input is data, not activations of a layer below: no epsilon is handed down.
    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        slopes = Floats.read(epsilon, slopes);
        gradients = gradients.length == numParams() ? gradients : new float[(int) numParams()];
        kernel().backward(slopes, gradients);
        Floats.write(gradients, gradientsFlattened);
        return new Pair<>(KernelLayers.gradient(gradientsFlattened, gradientViews), null);
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    /// Ends the kernel's threads; the next pass would start new ones.
    @Override
    public void close() {
        if (kernel != null) {
            kernel.close();
            kernel = null;
        }
        super.close();
    }
}
