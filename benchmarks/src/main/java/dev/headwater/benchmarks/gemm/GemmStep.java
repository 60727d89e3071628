package dev.headwater.benchmarks.gemm;

import static dev.headwater.benchmarks.gemm.GemmWeights.columns;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/// One step of a GRU for a batch: its buffers, forward and backward. Matrices are `[window][unit]` in column order.
final class GemmStep {

    private final INDArray activations; // [windows][3 hidden]: r, z, n
    private final INDArray gates; // views of these
    private final INDArray reset;
    private final INDArray update;
    private final INDArray candidate;
    private final INDArray recurrent; // [windows][hidden]: what n reads of the state, before r

    GemmStep(int windows, int hidden) {
        activations = matrix(windows, 3 * hidden);
        gates = columns(activations, 0, 2L * hidden);
        reset = columns(activations, 0, hidden);
        update = columns(activations, hidden, 2L * hidden);
        candidate = columns(activations, 2L * hidden, 3L * hidden);
        recurrent = matrix(windows, hidden);
    }

    static INDArray matrix(long rows, long columns) {
        return Nd4j.createUninitialized(DataType.FLOAT, new long[] {rows, columns}, 'f')
                .assign(0);
    }

    /// A state of a batch.
    ///
    /// @param units `[windows][hidden]`
    /// @param withOne `[windows][hidden + 1]`: the units, and ones for the biases
    record State(INDArray units, INDArray withOne) {

        static State zero(int windows, int hidden) {
            INDArray withOne = matrix(windows, hidden + 1L);
            columns(withOne, hidden, hidden + 1L).assign(1);
            return new State(columns(withOne, 0, hidden), withOne);
        }
    }

    /// @param inputs `[windows][inputs + 1]`, the last column ones
    /// @param context `[windows][3 hidden]`: added to the products of the inputs; null for none
    void forward(GemmWeights.Gru weights, INDArray inputs, @Nullable INDArray context, State from, State to) {
        if (context != null) {
            activations.assign(context);
        }
        Nd4j.gemm(inputs, weights.inputs(), activations, false, false, 1, context == null ? 0 : 1);
        Nd4j.gemm(from.units, weights.gates(), gates, false, false, 1, 1);
        Nd4j.gemm(from.withOne, weights.candidate(), recurrent, false, false, 1, 0);
        Transforms.sigmoid(gates, false);
        to.units.assign(recurrent).muli(reset);
        candidate.addi(to.units);
        Transforms.tanh(candidate, false);
        to.units.assign(from.units).subi(candidate).muli(update).addi(candidate);
    }

    /// Buffers of the backward pass, one set for all steps.
    ///
    /// @param state `[windows][hidden]`: gradient by the state after the step, then by the one before
    /// @param slopes `[windows][3 hidden]`: gradients by the arguments of r, z and n
    /// @param recurrent `[windows][hidden]`
    /// @param work `[windows][hidden]`
    record Gradients(INDArray state, INDArray slopes, INDArray recurrent, INDArray work) {

        static Gradients of(int windows, int hidden) {
            return new Gradients(
                    matrix(windows, hidden),
                    matrix(windows, 3L * hidden),
                    matrix(windows, hidden),
                    matrix(windows, hidden));
        }

        INDArray gate(int number) {
            long hidden = state.columns();
            return columns(slopes, number * hidden, (number + 1) * hidden);
        }
    }

    /// Adds to the gradients of the weights, and turns the gradient by the new state into that by the old one.
    void backward(GemmWeights.Gru weights, GemmWeights.Gru sums, INDArray inputs, State from, Gradients by) {
        INDArray byCandidate = by.gate(2);
        INDArray byUpdate = by.gate(1);
        byUpdate.assign(from.units).subi(candidate).muli(by.state);
        slope(byUpdate, update, by.work);
        by.work.assign(update).rsubi(1);
        byCandidate.assign(by.state).muli(by.work);
        by.work.assign(candidate).muli(candidate).rsubi(1);
        byCandidate.muli(by.work);
        by.gate(0).assign(byCandidate).muli(recurrent);
        slope(by.gate(0), reset, by.work);
        by.recurrent.assign(byCandidate).muli(reset);
        by.state.muli(update);
        sum(weights, sums, inputs, from, by);
    }

    /// Multiplies a gradient by the derivative of the sigmoid, `s (1 - s)`.
    private static void slope(INDArray gradient, INDArray sigmoid, INDArray work) {
        work.assign(sigmoid).rsubi(1).muli(sigmoid);
        gradient.muli(work);
    }

    private static void sum(GemmWeights.Gru weights, GemmWeights.Gru sums, INDArray inputs, State from, Gradients by) {
        long hidden = by.state.columns();
        INDArray byGates = columns(by.slopes, 0, 2 * hidden);
        Nd4j.gemm(inputs, by.slopes, sums.inputs(), true, false, 1, 1);
        Nd4j.gemm(from.units, byGates, sums.gates(), true, false, 1, 1);
        Nd4j.gemm(from.withOne, by.recurrent, sums.candidate(), true, false, 1, 1);
        Nd4j.gemm(byGates, weights.gates(), by.state, false, true, 1, 1);
        INDArray units = GemmWeights.rows(weights.candidate(), 0, hidden);
        Nd4j.gemm(by.recurrent, units, by.state, false, true, 1, 1);
    }
}
