package dev.headwater.lab.definition;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.trainer.layer.LossKind;
import org.jspecify.annotations.Nullable;

/// How a row's network is fitted.
///
/// @param batch           examples per update
/// @param epochs          number of epochs, or the most of them with `patience`
/// @param samplesPerEpoch examples per epoch, drawn anew for each; all of them when not given
/// @param patience        epochs without a better validation score before early stopping; none when not given
public record TrainingSpec(
        Loss loss,
        Updater updater,
        int batch,
        int epochs,
        @Nullable Integer samplesPerEpoch,
        @Nullable Integer patience) {

    /// What is minimised: the mean over examples, steps and values.
    public enum Loss {
        @JsonProperty("mse")
        MSE(LossKind.SQUARED_ERROR),
        @JsonProperty("rmse")
        RMSE(LossKind.ROOT_SQUARED_ERROR),
        @JsonProperty("mae")
        MAE(LossKind.ABSOLUTE_ERROR),
        @JsonProperty("huber")
        HUBER(LossKind.HUBER),
        @JsonProperty("crossEntropy")
        CROSS_ENTROPY(LossKind.CROSS_ENTROPY),
        @JsonProperty("binaryCrossEntropy")
        BINARY_CROSS_ENTROPY(LossKind.BINARY_CROSS_ENTROPY);

        private final LossKind kind;

        Loss(LossKind kind) {
            this.kind = kind;
        }

        /// What is averaged, and its gradient.
        public LossKind kind() {
            return kind;
        }
    }

    /// How gradients become updates.
    ///
    /// @param rate     learning rate
    /// @param momentum of `momentum`
    /// @param decay    the rate of update i is `rate / (1 + decay * i)`
    public record Updater(
            Rule rule,
            double rate,
            @Nullable Double momentum,
            @Nullable Double decay) {

        /// The rule of the updates.
        public enum Rule {
            @JsonProperty("sgd")
            SGD,
            @JsonProperty("momentum")
            MOMENTUM,
            @JsonProperty("rmsprop")
            RMSPROP,
            @JsonProperty("adam")
            ADAM
        }

        /// @throws InvalidInputException naming the key, its rule and the value found
        public Updater {
            require(rule != null, "rule", "sgd, momentum, rmsprop or adam", "none");
            require(rate > 0, "rate", "above 0", rate);
            require(momentum == null || rule == Rule.MOMENTUM, "momentum", "absent without rule: momentum", momentum);
            Share.require("momentum", momentum == null ? 0 : momentum);
            require(decay == null || decay >= 0, "decay", "0 or more", decay);
        }
    }

    /// @throws InvalidInputException naming the key, its rule and the value found
    public TrainingSpec {
        require(loss != null, "loss", "one of mse, rmse, mae, huber, crossEntropy, binaryCrossEntropy", "none");
        require(updater != null, "updater", "keys and values such as {rule: adam, rate: 0.001}", "none");
        require(batch >= 1, "batch", "at least 1", batch);
        require(epochs >= 1, "epochs", "at least 1", epochs);
        require(
                samplesPerEpoch == null || samplesPerEpoch >= batch,
                "samplesPerEpoch",
                "a batch or more",
                samplesPerEpoch);
        require(patience == null || patience >= 1, "patience", "at least 1", patience);
    }

    private static void require(boolean holds, String key, String rule, @Nullable Object found) {
        if (!holds) {
            throw new InvalidInputException(key + " must be " + rule + ", found " + found);
        }
    }
}
