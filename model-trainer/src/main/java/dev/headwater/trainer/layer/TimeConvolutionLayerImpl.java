package dev.headwater.trainer.layer;

import dev.headwater.kernels.TimeConvolution;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Runs a [TimeConvolutionLayer] on the vector kernel [TimeConvolution]: DL4J owns parameters and gradients, the kernel
/// gets copies of them for each pass. Not thread-safe, as no DL4J layer is.
class TimeConvolutionLayerImpl extends BaseLayer<TimeConvolutionLayer> {

    private static final long serialVersionUID = 1L;

    private transient @Nullable TimeConvolution kernel;
    private transient float[] weights = new float[0];
    private transient float[] frames = new float[0]; // [batch][frames][width]
    private transient float[] out = new float[0]; // [batch][filters][steps]
    private transient float[] slopes = new float[0]; // [batch][filters][steps], gradient of the loss by the outputs

    TimeConvolutionLayerImpl(NeuralNetConfiguration configuration, DataType dataType) {
        super(configuration, dataType);
    }

    private TimeConvolution kernel() {
        TimeConvolution current = kernel;
        if (current == null) {
            TimeConvolutionLayer sizes = layerConf();
            current = new TimeConvolution(
                    sizes.frames(),
                    sizes.width(),
                    sizes.filters(),
                    sizes.kernel(),
                    sizes.stride(),
                    Runtime.getRuntime().availableProcessors());
            kernel = current;
        }
        return current;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        int batch = (int) input.size(0);
        long[] shape = {batch, layerConf().filters(), layerConf().steps(), 1};
        int length = batch * layerConf().filters() * layerConf().steps();
        weights = Floats.read(paramsFlattened, weights);
        frames = Floats.read(input, frames);
        out = out.length < length ? new float[length] : out;
        kernel().setParameters(weights);
        kernel().forward(frames, batch, out);
        INDArray activations = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, shape, 'c');
        Floats.write(out, activations);
        return activations;
    }

    /// The input is data, not activations of a layer below: no epsilon is handed down.
    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        slopes = Floats.read(epsilon, slopes);
        frames = Floats.read(input, frames);
        float[] gradients = new float[(int) numParams()];
        kernel().backward(frames, (int) input.size(0), slopes, gradients);
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
