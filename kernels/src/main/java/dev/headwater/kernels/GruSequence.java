package dev.headwater.kernels;

import dev.headwater.kernels.internal.GruCell;

/// One GRU over sequences: PyTorch's cell (`torch.nn.GRU`, one layer, one direction), which is Keras's with
/// `reset_after=True`.
///
/// Parameters lie in one flat array as PyTorch names them, row-major: `weight_ih [3 hidden, inputs]`, `weight_hh
/// [3 hidden, hidden]`, `bias_ih [3 hidden]`, `bias_hh [3 hidden]`, gates in the order r, z, n.
public final class GruSequence extends TiledSequence {

    /// A layer whose parameters are all zero until [#setParameters], and whose candidate is tanh.
    ///
    /// @param inputs values per step, at least 1
    /// @param hidden units, a positive multiple of 4
    /// @param threads threads of a pass, the caller's included, at least 1
    /// @throws IllegalArgumentException naming the argument, its rule and the value found
    public GruSequence(int inputs, int hidden, int threads) {
        this(inputs, hidden, StateActivation.TANH, threads);
    }

    /// As above.
    ///
    /// @param candidate activation of the candidate
    public GruSequence(int inputs, int hidden, StateActivation candidate, int threads) {
        super(cell(inputs, hidden, candidate), threads, "gru-sequence");
    }

    private static GruCell cell(int inputs, int hidden, StateActivation candidate) {
        requirePositive("inputs", inputs);
        if (hidden < 4 || hidden % 4 != 0) {
            throw new IllegalArgumentException("hidden must be a positive multiple of 4, found " + hidden);
        }
        return new GruCell(inputs, hidden, candidate == StateActivation.RELU);
    }
}
