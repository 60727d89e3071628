package dev.headwater.kernels.internal;

import static dev.headwater.kernels.internal.Lanes.LENGTH;
import static dev.headwater.kernels.internal.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The linear head: one value per step from the hidden state, forward and backward.
public final class Head {
    private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;

    private Head() {}

    /// `out[w] = bias + sum over j of weights[j] * state[j][w]`. Every fourth unit goes into the same sum, so that
    /// four additions need not wait for each other.
    ///
    /// @param hidden a multiple of four
    /// @param weights `[hidden]` from `weightsAt`
    /// @param state `[hidden][width]` from `stateAt`
    /// @param out `[width]` from `outAt`
    public static void forward(
            float[] weights,
            int weightsAt,
            int hidden,
            float bias,
            float[] state,
            int stateAt,
            float[] out,
            int outAt,
            int width) {
        for (int w = 0; w < width; w += LENGTH) {
            FloatVector sum0 = broadcast(SPECIES, bias);
            FloatVector sum1 = broadcast(SPECIES, 0);
            FloatVector sum2 = sum1;
            FloatVector sum3 = sum1;
            for (int unit = 0; unit < hidden; unit += 4) {
                int weight = weightsAt + unit;
                int at = stateAt + unit * width + w;
                sum0 = fromArray(SPECIES, state, at).fma(broadcast(SPECIES, weights[weight]), sum0);
                sum1 = fromArray(SPECIES, state, at + width).fma(broadcast(SPECIES, weights[weight + 1]), sum1);
                sum2 = fromArray(SPECIES, state, at + 2 * width).fma(broadcast(SPECIES, weights[weight + 2]), sum2);
                sum3 = fromArray(SPECIES, state, at + 3 * width).fma(broadcast(SPECIES, weights[weight + 3]), sum3);
            }
            sum0.add(sum1).add(sum2.add(sum3)).intoArray(out, outAt + w);
        }
    }

    /// [#forward] for one window, state `[hidden]`; bit-identical.
    public static float forward(float[] weights, int weightsAt, int hidden, float bias, float[] state, int stateAt) {
        FloatVector sums = FloatVector.zero(FOUR).withLane(0, bias);
        for (int unit = 0; unit < hidden; unit += 4) {
            sums = fromArray(FOUR, state, stateAt + unit).fma(fromArray(FOUR, weights, weightsAt + unit), sums);
        }
        return (sums.lane(0) + sums.lane(1)) + (sums.lane(2) + sums.lane(3));
    }

    /// `stateGradient[j][w] += weights[j] * gradient[w]`.
    public static void addStateGradient(
            float[] weights,
            int weightsAt,
            int hidden,
            float[] gradient,
            int gradientAt,
            float[] stateGradient,
            int width) {
        for (int w = 0; w < width; w += LENGTH) {
            FloatVector g = fromArray(SPECIES, gradient, gradientAt + w);
            for (int unit = 0; unit < hidden; unit++) {
                int at = unit * width + w;
                FloatVector weight = broadcast(SPECIES, weights[weightsAt + unit]);
                g.fma(weight, fromArray(SPECIES, stateGradient, at)).intoArray(stateGradient, at);
            }
        }
    }

    /// Sums of the head's own gradients, lane by lane.
    public static final class Gradient {
        private final int hidden;

        /// `[hidden + 1][lane]`, the bias last
        private final float[] sums;

        public Gradient(int hidden) {
            this.hidden = hidden;
            this.sums = new float[(hidden + 1) * LENGTH];
        }

        /// Resets the sums to zero.
        public void clear() {
            Arrays.fill(sums, 0f);
        }

        /// Adds one step of a tile: gradient `[width]` of the output, state `[hidden][width]`.
        public void add(float[] gradient, int gradientAt, float[] state, int stateAt, int width) {
            int bias = hidden * LENGTH;
            for (int w = 0; w < width; w += LENGTH) {
                FloatVector g = fromArray(SPECIES, gradient, gradientAt + w);
                for (int unit = 0; unit < hidden; unit++) {
                    int at = unit * LENGTH;
                    g.fma(fromArray(SPECIES, state, stateAt + unit * width + w), fromArray(SPECIES, sums, at))
                            .intoArray(sums, at);
                }
                g.add(fromArray(SPECIES, sums, bias)).intoArray(sums, bias);
            }
        }

        /// Adds the gradients of weights and bias to `target[at]` to `target[at + hidden]`.
        public void addTo(float[] target, int at) {
            for (int row = 0; row <= hidden; row++) {
                for (int lane = 0; lane < LENGTH; lane++) {
                    target[at + row] += sums[row * LENGTH + lane];
                }
            }
        }
    }
}
