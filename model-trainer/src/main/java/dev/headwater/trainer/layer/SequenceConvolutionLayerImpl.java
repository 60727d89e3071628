package dev.headwater.trainer.layer;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.kernels.SequenceConvolution;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Runs a [SequenceConvolutionLayer] on the vector kernel [SequenceConvolution]: DL4J owns parameters and gradients,
/// the kernel gets copies of them for each pass. Not thread-safe, as no DL4J layer is.
class SequenceConvolutionLayerImpl extends BaseLayer<SequenceConvolutionLayer> {

    private static final long serialVersionUID = 1L;

    private transient @Nullable SequenceConvolution kernel;
    private transient float[] weights = new float[0];
    private transient float[] in = new float[0]; // [batch][nIn][steps]
    private transient float[] out = new float[0]; // [batch][nOut][outSteps], before the activation
    private transient float[] slopes = new float[0]; // [batch][nOut][outSteps], gradient of the loss by `out`
    private transient float[] down = new float[0]; // [batch][nIn][steps], gradient of the loss by `in`

    SequenceConvolutionLayerImpl(NeuralNetConfiguration configuration, DataType dataType) {
        super(configuration, dataType);
    }

    private SequenceConvolution kernel() {
        SequenceConvolution current = kernel;
        if (current == null) {
            SequenceConvolutionLayer sizes = layerConf();
            int processors = Runtime.getRuntime().availableProcessors();
            current = new SequenceConvolution((int) sizes.getNIn(), (int) sizes.getNOut(), sizes.kernel(), processors);
            kernel = current;
        }
        return current;
    }

    private int steps() {
        return (int) input.size(2);
    }

    private long[] outShape() {
        return new long[] {
            input.size(0), layerConf().getNOut(), steps() - layerConf().kernel() + 1
        };
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        applyDropOutIfNecessary(training, workspaces);
        INDArray activations = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, outShape(), 'c');
        int length = (int) activations.length();
        weights = Floats.read(paramsFlattened, weights);
        in = Floats.read(input, in);
        out = out.length < length ? new float[length] : out;
        kernel().setParameters(weights);
        kernel().forward(in, (int) input.size(0), steps(), out);
        Floats.write(out, activations);
        return layerConf().getActivationFn().getActivation(activations, training);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        INDArray scores = workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, DataType.FLOAT, outShape(), 'c');
        Floats.write(out, scores);
        slopes = Floats.read(
                layerConf().getActivationFn().backprop(scores, epsilon).getFirst(), slopes);
        INDArray below = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, input.shape(), 'c');
        down = down.length < below.length() ? new float[(int) below.length()] : down;
        float[] gradients = new float[(int) numParams()];
        kernel().backward(in, (int) input.size(0), steps(), slopes, down, gradients);
        Floats.write(gradients, gradientsFlattened);
        Floats.write(down, below);
        return new Pair<>(KernelLayers.gradient(gradientsFlattened, gradientViews), backpropDropOutIfPresent(below));
    }

    /// @throws InvalidInputException when there is a mask
    @Override
    public @Nullable Pair<INDArray, MaskState> feedForwardMaskArray(
            @Nullable INDArray mask, @Nullable MaskState state, int miniBatchSize) {
        if (mask != null) {
            throw new InvalidInputException("layer " + layerConf().getLayerName() + ": masks are not supported");
        }
        return null;
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
