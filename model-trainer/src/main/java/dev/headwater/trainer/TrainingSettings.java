package dev.headwater.trainer;

import dev.headwater.forecasting.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Every hyper-parameter of a training run.
///
/// @param hidden            units of encoder and decoder, a multiple of 4
/// @param embedding         width of each embedding
/// @param batch             windows in one update
/// @param learningRate      highest rate of the one-cycle schedule
/// @param weightDecay       decoupled weight decay (Loshchilov & Hutter, *Decoupled Weight Decay Regularization*,
/// 2019),
///                          per unit of learning rate; biases have none
/// @param gradientClip      longest gradient, L2 norm
/// @param epochs            most passes over the training windows
/// @param patience          epochs without a better validation MAE after which training stops
/// @param seed              of all that is random
/// @param windowsPerEpoch   most windows of one epoch, drawn anew for each; 0 = all
/// @param validationWindows most windows that are validated on after each epoch, spread over the part; 0 = all
/// @param unseenShare       share of windows trained as if the sensor were unknown, so that unknown ones can be served
public record TrainingSettings(
        int hidden,
        int embedding,
        int batch,
        double learningRate,
        double weightDecay,
        double gradientClip,
        int epochs,
        int patience,
        long seed,
        int windowsPerEpoch,
        int validationWindows,
        double unseenShare) {

    /// The defaults: the best of seven tried on the validation part of PEMS-BAY, 16 of 325 sensors (one seed each).
    public static final TrainingSettings DEFAULT =
            new TrainingSettings(64, 8, 1024, 6e-3, 0.05, 5, 9, 3, 42, 0, 200_000, 0.02);

    /// @throws InvalidInputException naming the setting, its rule and the value found
    public TrainingSettings {
        require(hidden >= 4 && hidden <= 4096 && hidden % 4 == 0, "hidden", "a multiple of 4 up to 4096", hidden);
        require(embedding >= 1 && embedding <= 1024, "embedding", "from 1 to 1024", embedding);
        require(batch >= 1 && batch <= 1 << 20, "batch", "from 1 to " + (1 << 20), batch);
        require(learningRate > 0 && learningRate <= 1, "learningRate", "above 0 and at most 1", learningRate);
        require(weightDecay >= 0 && weightDecay <= 1, "weightDecay", "from 0 to 1", weightDecay);
        require(gradientClip > 0, "gradientClip", "above 0", gradientClip);
        require(epochs >= 1 && epochs <= 10_000, "epochs", "from 1 to 10000", epochs);
        require(patience >= 1, "patience", "at least 1", patience);
        require(windowsPerEpoch >= 0, "windowsPerEpoch", "0 (all) or more", windowsPerEpoch);
        require(validationWindows >= 0, "validationWindows", "0 (all) or more", validationWindows);
        require(unseenShare >= 0 && unseenShare < 1, "unseenShare", "from 0 to below 1", unseenShare);
    }

    private static void require(boolean holds, String name, String rule, Number found) {
        if (!holds) {
            throw new InvalidInputException("training setting " + name + " must be " + rule + ", found " + found);
        }
    }

    public TrainingSettings withHidden(int value) {
        return new TrainingSettings(
                value,
                embedding,
                batch,
                learningRate,
                weightDecay,
                gradientClip,
                epochs,
                patience,
                seed,
                windowsPerEpoch,
                validationWindows,
                unseenShare);
    }

    public TrainingSettings withBatch(int value) {
        return new TrainingSettings(
                hidden,
                embedding,
                value,
                learningRate,
                weightDecay,
                gradientClip,
                epochs,
                patience,
                seed,
                windowsPerEpoch,
                validationWindows,
                unseenShare);
    }

    public TrainingSettings withLearningRate(double value) {
        return new TrainingSettings(
                hidden,
                embedding,
                batch,
                value,
                weightDecay,
                gradientClip,
                epochs,
                patience,
                seed,
                windowsPerEpoch,
                validationWindows,
                unseenShare);
    }

    public TrainingSettings withEpochs(int value) {
        return new TrainingSettings(
                hidden,
                embedding,
                batch,
                learningRate,
                weightDecay,
                gradientClip,
                value,
                patience,
                seed,
                windowsPerEpoch,
                validationWindows,
                unseenShare);
    }

    public TrainingSettings withSeed(long value) {
        return new TrainingSettings(
                hidden,
                embedding,
                batch,
                learningRate,
                weightDecay,
                gradientClip,
                epochs,
                patience,
                value,
                windowsPerEpoch,
                validationWindows,
                unseenShare);
    }

    public TrainingSettings withWindowsPerEpoch(int value) {
        return new TrainingSettings(
                hidden,
                embedding,
                batch,
                learningRate,
                weightDecay,
                gradientClip,
                epochs,
                patience,
                seed,
                value,
                validationWindows,
                unseenShare);
    }

    /// Every setting by its name, for the provenance of an artefact.
    public Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("hidden", String.valueOf(hidden));
        map.put("embedding", String.valueOf(embedding));
        map.put("batch", String.valueOf(batch));
        map.put("learningRate", String.valueOf(learningRate));
        map.put("weightDecay", String.valueOf(weightDecay));
        map.put("gradientClip", String.valueOf(gradientClip));
        map.put("epochs", String.valueOf(epochs));
        map.put("patience", String.valueOf(patience));
        map.put("seed", String.valueOf(seed));
        map.put("windowsPerEpoch", String.valueOf(windowsPerEpoch));
        map.put("validationWindows", String.valueOf(validationWindows));
        map.put("unseenShare", String.valueOf(unseenShare));
        return map;
    }
}
