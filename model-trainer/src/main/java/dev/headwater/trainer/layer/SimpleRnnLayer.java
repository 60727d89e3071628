package dev.headwater.trainer.layer;

import dev.headwater.kernels.CellSequence;
import dev.headwater.kernels.SequenceKernel;
import dev.headwater.kernels.StateActivation;
import java.util.List;

/// A simple recurrent network (Elman, *Finding Structure in Time*, 1990) on the vector kernels: `h' = activation(W x +
/// U
/// h + b)`. DL4J's own `SimpleRnn` is another layer. Parameters are `W [H, I]`, `RW [H, H]` and `b [H]`.
public class SimpleRnnLayer extends SequenceLayer {

    private static final long serialVersionUID = 1L;

    /// For deserialisation.
    public SimpleRnnLayer() {}

    private SimpleRnnLayer(Builder builder) {
        super(builder);
    }

    @Override
    SequenceKernel kernel(int threads) {
        return CellSequence.simpleRnn((int) getNIn(), (int) getNOut(), stateActivation(), threads);
    }

    @Override
    int gates() {
        return 1;
    }

    @Override
    List<String> biases() {
        return List.of(SequenceParamInitializer.BIAS);
    }

    /// The pre-activation and the state.
    @Override
    int kept() {
        return 2;
    }

    /// Builds the configuration.
    public static class Builder extends SequenceLayer.Builder<Builder> {

        /// Activation of the state, tanh by default.
        public Builder stateActivation(StateActivation activation) {
            this.stateActivation = activation;
            return this;
        }

        @Override
        public SimpleRnnLayer build() {
            return new SimpleRnnLayer(this);
        }
    }
}
