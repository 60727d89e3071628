package dev.headwater.trainer.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Runs an [AttentionPoolingLayer] in plain Java: it is a thousandth of the work of the GRUs below it. Not thread-safe,
/// as no DL4J layer is.
class AttentionPoolingLayerImpl extends BaseLayer<AttentionPoolingLayer> {

    private static final long serialVersionUID = 1L;

    private transient float[] states = new float[0]; // [batch][step][n]
    private transient float[] shares = new float[0]; // [batch][step], the softmax of the scores

    AttentionPoolingLayerImpl(NeuralNetConfiguration configuration, DataType dataType) {
        super(configuration, dataType);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        applyDropOutIfNecessary(training, workspaces);
        int batch = (int) input.size(0);
        int n = (int) input.size(1);
        int steps = (int) input.size(2);
        states = Floats.readByStep(input, states);
        float[] weights = Floats.of(paramsFlattened);
        shares = new float[batch * steps];
        float[] out = new float[batch * n]; // [batch][n]
        for (int b = 0; b < batch; b++) {
            attend(weights, b, steps);
            for (int step = 0; step < steps; step++) {
                int at = (b * steps + step) * n;
                for (int i = 0; i < n; i++) {
                    out[b * n + i] += shares[b * steps + step] * states[at + i];
                }
            }
        }
        INDArray pooled =
                workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, new long[] {batch, n}, 'c');
        Floats.write(out, pooled);
        return pooled;
    }

    private void attend(float[] weights, int b, int steps) {
        int n = weights.length;
        float largest = Float.NEGATIVE_INFINITY;
        for (int step = 0; step < steps; step++) {
            float score = 0;
            for (int i = 0; i < n; i++) {
                score += weights[i] * states[(b * steps + step) * n + i];
            }
            shares[b * steps + step] = score;
            largest = Math.max(largest, score);
        }
        float sum = 0;
        for (int at = b * steps; at < (b + 1) * steps; at++) {
            shares[at] = (float) Math.exp(shares[at] - largest);
            sum += shares[at];
        }
        for (int at = b * steps; at < (b + 1) * steps; at++) {
            shares[at] /= sum;
        }
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        int batch = (int) input.size(0);
        int n = (int) input.size(1);
        int steps = (int) input.size(2);
        float[] weights = Floats.of(paramsFlattened);
        float[] slopes = Floats.of(epsilon); // [batch][n], gradient of the loss by the outputs
        float[] gradients = new float[n];
        float[] down = new float[batch * steps * n]; // [batch][step][n]
        for (int b = 0; b < batch; b++) {
            backward(b, steps, weights, slopes, gradients, down);
        }
        Floats.write(gradients, gradientsFlattened);
        long[] shape = {batch, n, steps};
        INDArray byUnit = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, shape, 'c');
        Floats.writeByStep(down, byUnit);
        return new Pair<>(KernelLayers.gradient(gradientsFlattened, gradientViews), backpropDropOutIfPresent(byUnit));
    }

    /// With `p` the softmax and `g` the gradient of the output:
    /// `d score[t] = p[t] (g h[t] - sum over s of p[s] g h[s])`.
    private void backward(int b, int steps, float[] weights, float[] slopes, float[] gradients, float[] down) {
        int n = weights.length;
        float[] along = new float[steps]; // g h[t]
        float mean = 0;
        for (int step = 0; step < steps; step++) {
            for (int i = 0; i < n; i++) {
                along[step] += slopes[b * n + i] * states[(b * steps + step) * n + i];
            }
            mean += shares[b * steps + step] * along[step];
        }
        for (int step = 0; step < steps; step++) {
            float share = shares[b * steps + step];
            float dScore = share * (along[step] - mean);
            int at = (b * steps + step) * n;
            for (int i = 0; i < n; i++) {
                gradients[i] += dScore * states[at + i];
                down[at + i] = dScore * weights[i] + share * slopes[b * n + i];
            }
        }
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }
}
