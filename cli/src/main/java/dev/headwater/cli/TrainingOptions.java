package dev.headwater.cli;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.keyword.KeywordSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Settings of the trainer: its own defaults, overridden by the network, then by the command line.
final class TrainingOptions {

    @Option(names = "--epochs", paramLabel = "N", description = "Maximum number of epochs.")
    private @Nullable Integer epochs;

    @Option(
            names = "--windows-per-epoch",
            paramLabel = "N",
            description = "Maximum number of windows in an epoch, 0 = all.")
    private @Nullable Integer windowsPerEpoch;

    @Option(names = "--hidden", paramLabel = "N", description = "Units of encoder and decoder, a multiple of 4.")
    private @Nullable Integer hidden;

    @Option(names = "--batch", paramLabel = "N", description = "Windows in one update.")
    private @Nullable Integer batch;

    @Option(names = "--learning-rate", paramLabel = "X", description = "Maximum learning rate.")
    private @Nullable Double learningRate;

    @Option(
            names = "--setting",
            paramLabel = "NAME=VALUE",
            description = "Any other setting of the trainer, e.g. embedding=0, dropout=0.1, recurrentDropout=0.1,"
                    + " averaging=0.999 or schedule=one-cycle|plateau|constant, keyword.hidden=96, keyword.cell=lstm or"
                    + " keyword.bidirectional=false of the classifier of words; may be given several times.")
    private Map<String, String> changes = new LinkedHashMap<>();

    @Option(names = "--seed", paramLabel = "N", description = "Random seed; default: 42.")
    private @Nullable Long seed;

    @Option(
            names = "--seeds",
            paramLabel = "N|LIST",
            description = "Train N times, from --seed upwards, or once with each of the seeds 1,2,3; report"
                    + " the spread of the errors, and keep the model that is best on validation.")
    private @Nullable String seeds;

    TrainingSettings settings(SensorNetwork definition) {
        TrainingSettings settings =
                TrainingSettings.DEFAULT.of(definition).with(definition.forecasterSettings(changes));
        settings = with(settings, "epochs", epochs);
        settings = with(settings, "windowsPerEpoch", windowsPerEpoch);
        settings = with(settings, "hidden", hidden);
        settings = with(settings, "batch", batch);
        settings = with(settings, "learningRate", learningRate);
        return with(settings, "seed", seed);
    }

    private static TrainingSettings with(TrainingSettings settings, String name, @Nullable Number option) {
        return option == null ? settings : settings.with(name, option);
    }

    /// Settings of the keyword classifier.
    KeywordSettings classifier(SensorNetwork definition) {
        KeywordSettings settings = KeywordSettings.DEFAULT.of(definition).with(changes);
        return seed == null ? settings : settings.withSeed(seed);
    }

    boolean hasSeeds() {
        return seeds != null;
    }

    /// The seeds to train with, in order; the seed of the settings when none was named.
    List<Long> seeds(TrainingSettings settings) {
        return Seeds.of(seeds, settings.seed());
    }
}
