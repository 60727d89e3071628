package dev.headwater.trainer;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.Suggestion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

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

    /// The defaults: the best of seven tried on the validation part of PEMS-BAY, 16 of 325 sensors (one seed each).
    public static final TrainingSettings DEFAULT = new TrainingSettings(
            64, 8, 1024, 6e-3, 0.05, 5, 9, 3, 42, 0, 200_000, 0.02, 1, 0, 0, 0, 0, LearningRateSchedule.ONE_CYCLE, 1);

    /// What the names of a classifier's settings begin with.
    public static final String KEYWORD_PREFIX = "keyword.";

    /// @throws InvalidInputException naming the setting, its rule and the value found
    public TrainingSettings {
        require(hidden >= 4 && hidden <= 4096 && hidden % 4 == 0, "hidden", "a multiple of 4 up to 4096", hidden);
        require(embedding >= 0 && embedding <= 1024, "embedding", "from 0 (none) to 1024", embedding);
        require(batch >= 1 && batch <= 1 << 20, "batch", "from 1 to " + (1 << 20), batch);
        require(learningRate > 0 && learningRate <= 1, "learningRate", "above 0 and at most 1", learningRate);
        require(weightDecay >= 0 && weightDecay <= 1, "weightDecay", "from 0 to 1", weightDecay);
        require(gradientClip > 0, "gradientClip", "above 0", gradientClip);
        require(epochs >= 1 && epochs <= 10_000, "epochs", "from 1 to 10000", epochs);
        require(patience >= 1, "patience", "at least 1", patience);
        require(windowsPerEpoch >= 0, "windowsPerEpoch", "0 (all) or more", windowsPerEpoch);
        require(validationWindows >= 0, "validationWindows", "0 (all) or more", validationWindows);
        require(unseenShare >= 0 && unseenShare < 1, "unseenShare", "from 0 to below 1", unseenShare);
        require(stride >= 1, "stride", "at least 1", stride);
        require(inputDropout >= 0 && inputDropout < 1, "inputDropout", "from 0 to below 1", inputDropout);
        require(dropout >= 0 && dropout < 1, "dropout", "from 0 to below 1", dropout);
        require(
                recurrentDropout >= 0 && recurrentDropout < 1,
                "recurrentDropout",
                "from 0 to below 1",
                recurrentDropout);
        require(averaging >= 0 && averaging < 1, "averaging", "from 0 (none) to below 1", averaging);
        require(plateauEpochs >= 1, "plateauEpochs", "at least 1", plateauEpochs);
    }

    private static void require(boolean holds, String name, String rule, Number found) {
        if (!holds) {
            throw new InvalidInputException("training setting " + name + " must be " + rule + ", found " + found);
        }
    }

    /// These settings with those that a network states; those of a classifier of words, whose names have a dot, are
    /// passed over.
    ///
    /// @throws InvalidInputException naming the network and the setting that is unknown or breaks its rule
    public TrainingSettings of(SensorNetwork network) {
        try {
            Map<String, String> own = new LinkedHashMap<>(network.training());
            own.keySet().removeIf(name -> network.audio() != null && name.startsWith(KEYWORD_PREFIX));
            return with(own);
        } catch (InvalidInputException e) {
            throw new InvalidInputException("network " + network.name() + ": " + e.getMessage(), e);
        }
    }

    /// These settings with some replaced.
    ///
    /// @param changes values by the setting's name
    /// @throws InvalidInputException naming the setting that is unknown or breaks its rule
    public TrainingSettings with(Map<String, String> changes) {
        Map<String, String> all = asMap();
        for (String name : changes.keySet()) {
            if (!all.containsKey(name)) {
                throw new InvalidInputException(
                        "unknown training setting '" + name + "'" + Suggestion.of(name, all.keySet()));
            }
        }
        all.putAll(changes);
        return new TrainingSettings(
                whole(all, "hidden"),
                whole(all, "embedding"),
                whole(all, "batch"),
                number(all, "learningRate"),
                number(all, "weightDecay"),
                number(all, "gradientClip"),
                whole(all, "epochs"),
                whole(all, "patience"),
                parse(all, "seed", "a whole number", Long::parseLong),
                whole(all, "windowsPerEpoch"),
                whole(all, "validationWindows"),
                number(all, "unseenShare"),
                whole(all, "stride"),
                number(all, "inputDropout"),
                number(all, "dropout"),
                number(all, "recurrentDropout"),
                number(all, "averaging"),
                LearningRateSchedule.of(String.valueOf(all.get("schedule"))),
                whole(all, "plateauEpochs"));
    }

    private static int whole(Map<String, String> values, String name) {
        return parse(values, name, "a whole number", Integer::parseInt);
    }

    private static double number(Map<String, String> values, String name) {
        return parse(values, name, "a number", Double::parseDouble);
    }

    private static <T> T parse(Map<String, String> values, String name, String rule, Function<String, T> parser) {
        String value = String.valueOf(values.get(name));
        try {
            return parser.apply(value);
        } catch (NumberFormatException e) {
            throw new InvalidInputException(
                    "training setting " + name + " must be " + rule + ", found '" + value + "'", e);
        }
    }

    public TrainingSettings withHidden(int value) {
        return with(Map.of("hidden", String.valueOf(value)));
    }

    public TrainingSettings withBatch(int value) {
        return with(Map.of("batch", String.valueOf(value)));
    }

    public TrainingSettings withLearningRate(double value) {
        return with(Map.of("learningRate", String.valueOf(value)));
    }

    public TrainingSettings withEpochs(int value) {
        return with(Map.of("epochs", String.valueOf(value)));
    }

    public TrainingSettings withSeed(long value) {
        return with(Map.of("seed", String.valueOf(value)));
    }

    public TrainingSettings withWindowsPerEpoch(int value) {
        return with(Map.of("windowsPerEpoch", String.valueOf(value)));
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
        map.put("stride", String.valueOf(stride));
        map.put("inputDropout", String.valueOf(inputDropout));
        map.put("dropout", String.valueOf(dropout));
        map.put("recurrentDropout", String.valueOf(recurrentDropout));
        map.put("averaging", String.valueOf(averaging));
        map.put("schedule", schedule.label());
        map.put("plateauEpochs", String.valueOf(plateauEpochs));
        return map;
    }
}
