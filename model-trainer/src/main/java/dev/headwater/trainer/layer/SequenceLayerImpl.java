package dev.headwater.trainer.layer;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.kernels.SequenceKernel;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.BaseRecurrentLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/// Runs a [SequenceLayer] on its [SequenceKernel]: DL4J owns parameters, gradients and states, the kernel gets
/// copies of them for each pass. Not thread-safe, as no DL4J layer is.
class SequenceLayerImpl extends BaseRecurrentLayer<SequenceLayer> {

    private static final long serialVersionUID = 1L;

    /// Key of the state `[batch, nOut]` in the maps of the recurrent layers.
    static final String STATE = "state";

    private transient @Nullable SequenceKernel sequence;
    private transient float[] weights = new float[0];
    private transient float[] in = new float[0]; // [batch][step][nIn]
    private transient float[] out = new float[0]; // [batch][step][nOut]
    private transient float[] dOut = new float[0]; // [batch][step][nOut]
    private transient float[] dIn = new float[0]; // [batch][step][nIn]
    private transient float[] gradients = new float[0]; // [parameter]
    private transient float @Nullable [] start; // [batch][nOut] state before the first step of the last pass, null = 0
    private transient float @Nullable [] recurrentMask; // [batch][nOut] of the last pass, null = none dropped
    private transient float @Nullable [] inputMask; // [batch][nIn] of the last pass, null = none dropped
    private final transient Floats.Scratch scratch = new Floats.Scratch();
    private transient boolean kept;
    private transient @Nullable SequenceDropout dropout;

    SequenceLayerImpl(NeuralNetConfiguration configuration, DataType dataType) {
        super(configuration, dataType);
    }

    private SequenceKernel sequence() {
        SequenceKernel current = sequence;
        if (current == null) {
            current = layerConf().kernel(Runtime.getRuntime().availableProcessors());
            sequence = current;
        }
        return current;
    }

    private int inputs() {
        return (int) layerConf().getNIn();
    }

    private int hidden() {
        return (int) layerConf().getNOut();
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        return activateFrom(null, training, workspaces);
    }

    @Override
    public INDArray rnnTimeStep(INDArray steps, LayerWorkspaceMgr workspaces) {
        requireState("rnnTimeStep");
        setInput(steps, workspaces);
        INDArray activations = activateFrom(stateMap.get(STATE), false, workspaces);
        stateMap.put(STATE, lastState());
        return activations;
    }

    @Override
    public INDArray rnnActivateUsingStoredState(
            INDArray steps, boolean training, boolean storeLastForTbptt, LayerWorkspaceMgr workspaces) {
        requireState("truncated backpropagation");
        setInput(steps, workspaces);
        INDArray activations = activateFrom(tBpttStateMap.get(STATE), training, workspaces);
        if (storeLastForTbptt) {
            tBpttStateMap.put(STATE, lastState());
        }
        return activations;
    }

    private void requireState(String wanted) {
        if (!layerConf().storesState()) {
            throw new InvalidInputException("layer " + layerConf().getLayerName() + ": "
                    + layerConf().getClass().getSimpleName() + " stores no state, which " + wanted + " needs");
        }
    }

    /// @param state `[batch, nOut]` to start from, null for zero
    private INDArray activateFrom(@Nullable INDArray state, boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        applyDropOutIfNecessary(training, workspaces);
        start = state == null ? null : Floats.of(state);
        drawMasks(training);
        run(0, training, workspaces);
        long[] shape = {input.size(0), hidden(), steps()};
        INDArray byUnit = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, shape, 'c');
        Floats.writeByStep(out, byUnit, scratch);
        return permuteIfNWC(byUnit);
    }

    private void drawMasks(boolean training) {
        SequenceDropout source = dropout;
        if (source == null) {
            source = new SequenceDropout(layerConf().maskSeed(conf, paramsFlattened, index));
            dropout = source;
        }
        int batch = (int) input.size(0);
        recurrentMask = training ? source.draw(batch * hidden(), layerConf().recurrentDropout()) : null;
        inputMask = training ? source.draw(batch * inputs(), layerConf().inputDropout()) : null;
    }

    /// The forward pass from `start` over the steps of the input from `first` on; writes the states to `out`.
    private void run(int first, boolean keep, LayerWorkspaceMgr workspaces) {
        int batch = (int) input.size(0);
        int steps = steps() - first;
        sequence().setParameters(parameters(keep, workspaces));
        in = since(first, input, in);
        SequenceDropout.apply(inputMask, in, batch, steps);
        float[] present = maskArray == null ? null : Floats.of(maskSince(first, maskArray)); // [batch][step]
        out = grown(out, batch * steps * hidden());
        sequence().forward(in, present, start, recurrentMask, batch, steps, out, keep);
        kept = keep;
    }

    /// The array, or a longer one: large arrays are kept from batch to batch.
    private static float[] grown(float[] array, int length) {
        return array.length < length ? new float[length] : array;
    }

    /// The steps from `first` on.
    ///
    /// @param activations in the layer's own data format
    /// @param into        reused when it is long enough
    /// @return `[batch][step][unit]`
    private float[] since(int first, INDArray activations, float[] into) {
        INDArray byUnit = permuteIfNWC(activations);
        INDArrayIndex late = NDArrayIndex.interval(first, byUnit.size(2));
        INDArray wanted = first == 0 ? byUnit : byUnit.get(NDArrayIndex.all(), NDArrayIndex.all(), late);
        return Floats.readByStep(wanted, into, scratch);
    }

    /// The steps from `first` on of a mask `[batch, step]`, a view.
    private static INDArray maskSince(int first, INDArray mask) {
        return first == 0 ? mask : mask.get(NDArrayIndex.all(), NDArrayIndex.interval(first, mask.size(1)));
    }

    /// All parameters in one row; with weight noise, noisy ones while training.
    private float[] parameters(boolean training, LayerWorkspaceMgr workspaces) {
        if (layerConf().getWeightNoise() == null) {
            weights = Floats.read(paramsFlattened, weights);
            return weights;
        }
        float[] noisy = new float[(int) numParams()];
        int at = 0;
        for (String key : layerConf().initializer().paramKeys(layerConf())) {
            float[] tensor = Floats.of(getParamWithNoise(key, training, workspaces));
            System.arraycopy(tensor, 0, noisy, at, tensor.length);
            at += tensor.length;
        }
        return noisy;
    }

    private int steps() {
        return (int) permuteIfNWC(input).size(2);
    }

    /// The state after the last step, `[batch, nOut]`, outside all workspaces: it outlives the pass.
    private INDArray lastState() {
        float[] last = stateAfter(steps() - 1);
        try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            return Nd4j.createFromArray(last).reshape('c', input.size(0), hidden());
        }
    }

    /// `[batch][nOut]` from the last pass, which began at the first step.
    private float[] stateAfter(int step) {
        int batch = (int) input.size(0);
        float[] state = new float[batch * hidden()];
        for (int b = 0; b < batch; b++) {
            System.arraycopy(out, (b * steps() + step) * hidden(), state, b * hidden(), hidden());
        }
        return state;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        if (!kept) {
            run(0, true, workspaces);
        }
        return backward(0, epsilon, workspaces);
    }

    /// Gradients reach `backwardSteps` steps back from the end of the segment: these steps are run again in a
    /// separate pass, from the state before them.
    @Override
    public Pair<Gradient, INDArray> tbpttBackpropGradient(
            INDArray epsilon, int backwardSteps, LayerWorkspaceMgr workspaces) {
        int first = steps() - backwardSteps;
        if (backwardSteps <= 0 || first <= 0) {
            return backpropGradient(epsilon, workspaces);
        }
        assertInputSet(true);
        start = stateAfter(first - 1);
        run(first, true, workspaces);
        return backward(first, epsilon, workspaces);
    }

    /// Gradients of the pass that was kept, which covered the steps from `first` on; earlier steps get none.
    private Pair<Gradient, INDArray> backward(int first, INDArray epsilon, LayerWorkspaceMgr workspaces) {
        int batch = (int) input.size(0);
        int steps = steps() - first;
        dOut = since(first, epsilon, dOut);
        dIn = grown(dIn, batch * steps * inputs());
        gradients = grown(gradients, (int) numParams());
        sequence().backward(dOut, dIn, null, gradients);
        SequenceDropout.apply(inputMask, dIn, batch, steps);
        kept = false;
        Floats.write(gradients, gradientsFlattened);
        weightNoiseParams.clear();
        long[] shape = {batch, inputs(), steps()};
        INDArray byUnit = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, shape, 'c');
        Floats.writeByStep(lateSteps(dIn, batch, first), byUnit, scratch);
        return new Pair<>(
                KernelLayers.gradient(gradientsFlattened, gradientViews),
                backpropDropOutIfPresent(permuteIfNWC(byUnit)));
    }

    /// `[batch][all steps][nIn]`, zero before `first`.
    private float[] lateSteps(float[] late, int batch, int first) {
        int all = steps() * inputs();
        int skipped = first * inputs();
        float[] padded = first == 0 ? late : new float[batch * all];
        for (int b = 0; first > 0 && b < batch; b++) {
            System.arraycopy(late, b * (all - skipped), padded, b * all + skipped, all - skipped);
        }
        return padded;
    }

    /// As DL4J's LSTM: masks act on the steps of this layer, and layers after it see every step as valid.
    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(
            INDArray stepMask, MaskState currentMaskState, int minibatchSize) {
        this.maskArray = stepMask;
        this.maskState = currentMaskState;
        return new Pair<>(stepMask, MaskState.Passthrough);
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public void clear() {
        super.clear();
        start = null;
        recurrentMask = null;
        inputMask = null;
        kept = false;
    }

    /// Ends the kernel's threads; the next pass would start new ones.
    @Override
    public void close() {
        if (sequence != null) {
            sequence.close();
            sequence = null;
        }
        super.close();
    }
}
