package dev.headwater.trainer.layer;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.kernels.GruSequence;
import dev.headwater.kernels.SequenceKernel;
import dev.headwater.kernels.StateActivation;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;

/// A gated recurrent unit (Cho et al., *Learning Phrase Representations using RNN Encoder-Decoder*, 2014) for DL4J,
/// which has none.
///
/// The variant is that of PyTorch and cuDNN: the reset gate acts on the recurrent product, `n = tanh(W x + b + r * (U h
/// + c))`. The gates are sigmoid. Parameters are `W [3H, I]`, `RW [3H, H]`, `b [3H]` and `rb [3H]`, gates in the order
/// reset, update, candidate.
public class GruLayer extends SequenceLayer {

    private static final long serialVersionUID = 1L;

    /// For deserialisation.
    public GruLayer() {}

    private GruLayer(Builder builder) {
        super(builder);
    }

    @Override
    SequenceKernel kernel(int threads) {
        return new GruSequence((int) getNIn(), (int) getNOut(), stateActivation(), threads);
    }

    @Override
    int gates() {
        return 3;
    }

    @Override
    List<String> biases() {
        return List.of(SequenceParamInitializer.BIAS, SequenceParamInitializer.RECURRENT_BIAS);
    }

    /// Three gates, the recurrent part of the candidate and the state.
    @Override
    int kept() {
        return 5;
    }

    /// Networks trained by earlier versions can be trained again, bit by bit.
    @Override
    long maskSeed(NeuralNetConfiguration configuration, INDArray parameters, int index) {
        return configuration.getSeed() * 31 + parameters.length() + index;
    }

    @Override
    void requireUnits() {
        if (getNOut() % 4 != 0) {
            throw new InvalidInputException(
                    "layer " + getLayerName() + ": nOut must be a multiple of 4, found " + getNOut());
        }
    }

    /// Builds the configuration.
    public static class Builder extends SequenceLayer.Builder<Builder> {

        /// Activation of the candidate, tanh by default.
        public Builder stateActivation(StateActivation activation) {
            this.stateActivation = activation;
            return this;
        }

        @Override
        public GruLayer build() {
            return new GruLayer(this);
        }
    }
}
