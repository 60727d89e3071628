package dev.headwater.trainer;

import static dev.headwater.trainer.LearningRateSchedule.ONE_CYCLE;

import dev.headwater.forecasting.network.SensorNetwork;
import java.util.Map;

/// The hyper-parameters of a forecaster's training.
///
/// @param hidden            units of encoder and decoder, a multiple of 4
/// @param embedding         width of each embedding; 0 for none, as a single sensor needs none
/// @param batch             windows per update
/// @param learningRate      highest learning rate
/// @param weightDecay       decoupled weight decay (Loshchilov & Hutter, 2019) per unit of learning rate;
///                          biases have none
/// @param gradientClip      L2 norm at which gradients are clipped
/// @param epochs            maximum number of epochs
/// @param patience          epochs without a better validation MAE before early stopping
/// @param seed              of parameters, dropout and the order of windows
/// @param windowsPerEpoch   maximum number of windows per epoch, sampled anew for each; 0 for all
/// @param validationWindows maximum number of windows validated on after each epoch, spread evenly; 0 for all
/// @param unseenShare       share of windows that train the embedding of unknown sensors
/// @param youngShare        share of windows whose sensor has few days of its own and borrows the profile of others
/// @param stride            slots from one training window to the next of the same sensor
/// @param inputDropout      dropout rate of the measures; one mask per window, for all its samples
/// @param dropout           dropout rate of the decoder's state before the head; one mask per window
/// @param recurrentDropout  dropout rate of the state in the recurrent product; one mask per window, for all
///                          its steps (Gal & Ghahramani, 2016)
/// @param averaging         decay of the moving average of the weights; 0 for no average. The average is what
///                          is validated and kept (after Polyak & Juditsky, 1992; exponential here)
/// @param schedule          of the learning rate
/// @param plateauEpochs     epochs without a better validation MAE before `plateau` halves the rate
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
        double youngShare,
        int stride,
        double inputDropout,
        double dropout,
        double recurrentDropout,
        double averaging,
        LearningRateSchedule schedule,
        int plateauEpochs) {

    // Declared before DEFAULT, whose constructor calls it.
    private static final SettingsMapper<TrainingSettings> MAPPER = new SettingsMapper<>(TrainingSettings.class, "");

    /// The defaults: the best of seven tried on the validation part of PEMS-BAY, 16 of 325 sensors (one seed each).
    public static final TrainingSettings DEFAULT = new TrainingSettings(
            64, 8, 1024, 6e-3, 0.05, 5, 9, 3, 42, 0, 200_000, 0.02, 0, 1, 0, 0, 0, 0, ONE_CYCLE, 1);

    /// @throws dev.headwater.forecasting.InvalidInputException naming the setting, its rule and the
    ///     value found
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
        MAPPER.requireShare("youngShare", youngShare);
        MAPPER.require(stride >= 1, "stride", "at least 1", stride);
        MAPPER.requireShare("inputDropout", inputDropout);
        MAPPER.requireShare("dropout", dropout);
        MAPPER.requireShare("recurrentDropout", recurrentDropout);
        MAPPER.require(averaging >= 0 && averaging < 1, "averaging", "from 0 (none) to below 1", averaging);
        MAPPER.require(plateauEpochs >= 1, "plateauEpochs", "at least 1", plateauEpochs);
    }

    /// These settings with those that the network states; settings of the keyword classifier are ignored.
    ///
    /// @throws dev.headwater.forecasting.InvalidInputException naming the network and the setting that
    ///     is unknown or breaks its rule
    public TrainingSettings of(SensorNetwork network) {
        return MAPPER.of(network, this, network.forecasterSettings(network.training()));
    }

    /// These settings with some replaced.
    ///
    /// @param changes values by the setting's name
    /// @throws dev.headwater.forecasting.InvalidInputException naming the setting that is unknown or
    ///     breaks its rule
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
