package dev.headwater.trainer;

import dev.headwater.forecasting.network.SensorNetwork;
import java.util.LinkedHashMap;
import java.util.Map;

/// Every hyper-parameter of a training run.
///
/// @param hidden            units of encoder and decoder, a multiple of 4
/// @param embedding         width of each embedding; 0 for none: a single sensor needs no telling apart
/// @param batch             windows in one update
/// @param learningRate      highest learning rate
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
/// @param stride            slots from one training window to the next of the same sensor
/// @param inputDropout      share of measures silenced in each training window, all its samples alike
/// @param dropout           share of the decoder's hidden units that the head goes without in each training window, the
///                          same at all its steps
/// @param recurrentDropout  share of hidden units that the recurrent weights go without in each training window, the
///                          same at all its steps (Gal & Ghahramani 2016)
/// @param averaging         how much of the running average of the weights stays at each update; 0 for no average.
///                          The average is what is validated and kept (Polyak & Juditsky, *Acceleration of Stochastic
///                          Approximation by Averaging*, 1992; here exponential)
/// @param schedule          how the learning rate goes
/// @param plateauEpochs     epochs without a better validation MAE after which the schedule `plateau` halves the rate
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
        double unseenShare,
        int stride,
        double inputDropout,
        double dropout,
        double recurrentDropout,
        double averaging,
        LearningRateSchedule schedule,
        int plateauEpochs) {

    /// What the names of a classifier's settings begin with.
    public static final String KEYWORD_PREFIX = "keyword.";

    // Before the defaults: their constructor asks it.
    private static final SettingsMapper<TrainingSettings> MAPPER = new SettingsMapper<>(TrainingSettings.class, "");

    /// The defaults: the best of seven tried on the validation part of PEMS-BAY, 16 of 325 sensors (one seed each).
    public static final TrainingSettings DEFAULT = new TrainingSettings(
            64, 8, 1024, 6e-3, 0.05, 5, 9, 3, 42, 0, 200_000, 0.02, 1, 0, 0, 0, 0, LearningRateSchedule.ONE_CYCLE, 1);

    /// @throws InvalidInputException naming the setting, its rule and the value found
    public TrainingSettings {
        MAPPER.require(
                hidden >= 4 && hidden <= 4096 && hidden % 4 == 0, "hidden", "a multiple of 4 up to 4096", hidden);
        MAPPER.require(embedding >= 0 && embedding <= 1024, "embedding", "from 0 (none) to 1024", embedding);
        MAPPER.require(batch >= 1 && batch <= 1 << 20, "batch", "from 1 to " + (1 << 20), batch);
        MAPPER.require(learningRate > 0 && learningRate <= 1, "learningRate", "above 0 and at most 1", learningRate);
        MAPPER.require(weightDecay >= 0 && weightDecay <= 1, "weightDecay", "from 0 to 1", weightDecay);
        MAPPER.require(gradientClip > 0, "gradientClip", "above 0", gradientClip);
        MAPPER.require(epochs >= 1 && epochs <= 10_000, "epochs", "from 1 to 10000", epochs);
        MAPPER.require(patience >= 1, "patience", "at least 1", patience);
        MAPPER.require(windowsPerEpoch >= 0, "windowsPerEpoch", "0 (all) or more", windowsPerEpoch);
        MAPPER.require(validationWindows >= 0, "validationWindows", "0 (all) or more", validationWindows);
        MAPPER.requireShare("unseenShare", unseenShare);
        MAPPER.require(stride >= 1, "stride", "at least 1", stride);
        MAPPER.requireShare("inputDropout", inputDropout);
        MAPPER.requireShare("dropout", dropout);
        MAPPER.requireShare("recurrentDropout", recurrentDropout);
        MAPPER.require(averaging >= 0 && averaging < 1, "averaging", "from 0 (none) to below 1", averaging);
        MAPPER.require(plateauEpochs >= 1, "plateauEpochs", "at least 1", plateauEpochs);
    }

    /// These settings with those that a network states; those of a classifier of words are passed over.
    ///
    /// @throws InvalidInputException naming the network and the setting that is unknown or breaks its rule
    public TrainingSettings of(SensorNetwork network) {
        return MAPPER.of(network, this, forecasters(network, network.training()));
    }

    /// The changes that are the forecaster's: a network of sound has a classifier as well.
    public static Map<String, String> forecasters(SensorNetwork network, Map<String, String> changes) {
        Map<String, String> own = new LinkedHashMap<>(changes);
        own.keySet().removeIf(name -> network.audio() != null && name.startsWith(KEYWORD_PREFIX));
        return own;
    }

    /// These settings with some replaced.
    ///
    /// @param changes values by the setting's name
    /// @throws InvalidInputException naming the setting that is unknown or breaks its rule
    public TrainingSettings with(Map<String, String> changes) {
        return MAPPER.with(this, changes);
    }

    /// As [#with(Map)], for one setting.
    public TrainingSettings with(String name, Object value) {
        return with(Map.of(name, value.toString()));
    }

    public TrainingSettings withSeed(long value) {
        return with("seed", value);
    }

    /// Every setting by its name, for the provenance of an artefact.
    public Map<String, String> asMap() {
        return MAPPER.asMap(this);
    }
}
