package dev.headwater.trainer.layer;

import dev.headwater.kernels.CellSequence;
import dev.headwater.kernels.SequenceKernel;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/// A long short-term memory (Hochreiter & Schmidhuber, *Long Short-Term Memory*, 1997, with forget gate) on the vector
/// kernels. DL4J's own `LSTM` is another layer, with another order of gates.
///
/// Gates are sigmoid, candidate and output tanh. Parameters are `W [4H, I]`, `RW [4H, H]` and `b [4H]`, gates in
/// PyTorch's and Keras's order: input, forget, candidate, output. It runs whole sequences only: it keeps no state for
/// `rnnTimeStep` or truncated backpropagation.
public class LstmLayer extends SequenceLayer {

    private static final long serialVersionUID = 1L;

    private static final int FORGET = 1;

    @JsonProperty
    private double forgetGateBias;

    /// For deserialisation.
    public LstmLayer() {}

    private LstmLayer(Builder builder) {
        super(builder);
        forgetGateBias = builder.forgetGateBias;
    }

    @Override
    SequenceKernel kernel(int threads) {
        return CellSequence.lstm((int) getNIn(), (int) getNOut(), threads);
    }

    @Override
    int gates() {
        return 4;
    }

    @Override
    List<String> biases() {
        return List.of(SequenceParamInitializer.BIAS);
    }

    @Override
    double initialBias(int gate) {
        return gate == FORGET ? forgetGateBias : getBiasInit();
    }

    /// Four gates, output, cell state and its tanh.
    @Override
    int kept() {
        return 7;
    }

    @Override
    boolean storesState() {
        return false;
    }

    /// Builds the configuration.
    public static class Builder extends SequenceLayer.Builder<Builder> {

        private double forgetGateBias = 1;

        /// Initial bias of the forget gate, 1 by default, as in Keras and DL4J: a fresh layer remembers.
        public Builder forgetGateBias(double bias) {
            this.forgetGateBias = bias;
            return this;
        }

        @Override
        public LstmLayer build() {
            return new LstmLayer(this);
        }
    }
}
