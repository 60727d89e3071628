package dev.headwater.kernels;

import dev.headwater.kernels.internal.CellLayout;
import dev.headwater.kernels.internal.LstmGates;
import dev.headwater.kernels.internal.OneBiasCell;
import dev.headwater.kernels.internal.RnnGates;

/// An LSTM or a simple recurrent network over sequences. All pre-activations are `W x + U h + b`, with one bias.
///
/// Parameters lie in one flat array, row-major: `weight_ih [gates hidden, inputs]`, `weight_hh [gates hidden,
/// hidden]`, `bias [gates hidden]`. The LSTM's gates are in PyTorch's order i, f, g, o.
public final class CellSequence extends TiledSequence {

    private CellSequence(OneBiasCell cell, int threads, String name) {
        super(cell, threads, name);
    }

    /// An LSTM (Hochreiter & Schmidhuber, *Long Short-Term Memory*, 1997, with forget gate): `c' = f c + i g, h' = o
    /// tanh(c')`, i, f and o sigmoid, g tanh. It takes no initial state. All parameters are zero until
    /// [#setParameters].
    ///
    /// @param inputs values per step, at least 1
    /// @param hidden units, at least 1
    /// @param threads threads of a pass, the caller's included, at least 1
    /// @throws IllegalArgumentException naming the argument, its rule and the value found
    public static CellSequence lstm(int inputs, int hidden, int threads) {
        CellLayout layout = layout(inputs, LstmGates.GATES, hidden);
        return new CellSequence(new OneBiasCell(layout, new LstmGates()), threads, "lstm-sequence");
    }

    /// A simple recurrent network (Elman, *Finding Structure in Time*, 1990): `h' = activation(W x + U h + b)`. All
    /// parameters are zero until [#setParameters].
    ///
    /// @param inputs values per step, at least 1
    /// @param hidden units, at least 1
    /// @param threads threads of a pass, the caller's included, at least 1
    /// @throws IllegalArgumentException naming the argument, its rule and the value found
    public static CellSequence simpleRnn(int inputs, int hidden, StateActivation activation, int threads) {
        RnnGates gates = new RnnGates(activation == StateActivation.RELU);
        return new CellSequence(new OneBiasCell(layout(inputs, 1, hidden), gates), threads, "rnn-sequence");
    }

    private static CellLayout layout(int inputs, int gates, int hidden) {
        return new CellLayout(requirePositive("inputs", inputs), gates, requirePositive("hidden", hidden));
    }
}
