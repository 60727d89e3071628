package dev.headwater.trainer.keyword;

import dev.headwater.forecasting.audio.SpectrumSpec;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.kernels.ClassifierShape;
import dev.headwater.trainer.SettingsMapper;
import java.util.Map;

/// The hyper-parameters of a keyword classifier's training.
///
/// @param architecture   of the network
/// @param augmentation   of the clips
/// @param batch          clips per update
/// @param learningRate   highest rate of the one-cycle schedule
/// @param weightDecay    decoupled weight decay (Loshchilov & Hutter, 2019), per unit of learning rate
/// @param gradientClip   L2 norm at which the gradients of a layer are clipped
/// @param labelSmoothing share of a label that is spread over all words (Szegedy et al., 2016)
/// @param epochs         maximum number of epochs
/// @param patience       epochs without a better validation accuracy before early stopping
/// @param seed           of parameters, dropout, augmentation and the order of clips
public record KeywordSettings(
        Architecture architecture,
        Augmentation augmentation,
        int batch,
        double learningRate,
        double weightDecay,
        double gradientClip,
        double labelSmoothing,
        int epochs,
        int patience,
        long seed) {

    /// Prefix of these settings beside those of the forecaster: `keyword.hidden`.
    public static final String PREFIX = AudioSpec.KEYWORD_PREFIX;

    // Declared before DEFAULT, whose constructors call it.
    private static final SettingsMapper<KeywordSettings> MAPPER = new SettingsMapper<>(KeywordSettings.class, PREFIX);

    /// Sizes of the network.
    ///
    /// @param bands            mel bands, 0 for the bins of the transform
    /// @param filters          of the convolution over time, 0 for none
    /// @param kernel           spectra that a filter reads, odd
    /// @param stride           spectra from one output of the convolution to the next
    /// @param cell             of the recurrent layers
    /// @param hidden           units of each layer and direction, a multiple of 4
    /// @param layers           stacked recurrent layers
    /// @param bidirectional    whether each layer has both directions
    /// @param pooling          of the states over time
    /// @param dropout          dropout rate of the inputs of each recurrent layer and of the dense layer
    /// @param recurrentDropout dropout rate of a GRU's state in the recurrent product, one mask per clip
    ///                         (Gal & Ghahramani, 2016), or of an LSTM's recurrent weights, one mask per batch
    ///                         (Merity et al., 2018); either mask holds for all steps
    public record Architecture(
            int bands,
            int filters,
            int kernel,
            int stride,
            ClassifierShape.Cell cell,
            int hidden,
            int layers,
            boolean bidirectional,
            ClassifierShape.Pooling pooling,
            double dropout,
            double recurrentDropout) {

        /// @throws dev.headwater.forecasting.InvalidInputException naming the setting, its rule and
        ///     the value found
        public Architecture {
            MAPPER.require(
                    bands >= 0 && bands <= SpectrumSpec.MAX_BANDS,
                    "bands",
                    "from 0 (none) to " + SpectrumSpec.MAX_BANDS,
                    bands);
            MAPPER.require(filters >= 0 && filters <= 1024, "filters", "from 0 (none) to 1024", filters);
            MAPPER.require(kernel >= 1 && kernel <= 63 && kernel % 2 == 1, "kernel", "odd, from 1 to 63", kernel);
            MAPPER.require(stride >= 1 && stride <= 16, "stride", "from 1 to 16", stride);
            MAPPER.require(
                    hidden >= 4 && hidden <= 1024 && hidden % 4 == 0, "hidden", "a multiple of 4 up to 1024", hidden);
            MAPPER.require(layers >= 1 && layers <= 4, "layers", "from 1 to 4", layers);
            MAPPER.requireShare("dropout", dropout);
            MAPPER.requireShare("recurrentDropout", recurrentDropout);
        }

        /// The shape of the network for sequences of these spectra.
        ClassifierShape shape(SpectrumSpec spectrum, int words) {
            return new ClassifierShape(
                    spectrum.frames(),
                    spectrum.width(),
                    filters,
                    kernel,
                    stride,
                    cell,
                    hidden,
                    layers,
                    bidirectional,
                    pooling,
                    words);
        }
    }

    /// Augmentation of each clip, anew in each epoch.
    ///
    /// @param shift         maximum shift in time, milliseconds
    /// @param speed         maximum relative change of speed, which also changes the pitch
    /// @param gain          maximum change of loudness, decibels
    /// @param noise         share of the clips with added white noise, at an SNR of 5 to 35 decibels
    /// @param masks         masked frequency bands and time spans (SpecAugment, Park et al., 2019)
    /// @param frequencyMask maximum masked band, as a share of the spectrum's width
    /// @param timeMask      maximum masked span, as a share of the clip
    /// @param mixup         parameter of the beta distribution by which clips are mixed in pairs (Zhang et al.,
    ///                      2018); 0 for none
    public record Augmentation(
            double shift,
            double speed,
            double gain,
            double noise,
            int masks,
            double frequencyMask,
            double timeMask,
            double mixup) {

        /// @throws dev.headwater.forecasting.InvalidInputException naming the setting, its rule and
        ///     the value found
        public Augmentation {
            MAPPER.require(shift >= 0 && shift <= 10_000, "shift", "from 0 to 10000 milliseconds", shift);
            MAPPER.require(speed >= 0 && speed <= 0.5, "speed", "from 0 to 0.5", speed);
            MAPPER.require(gain >= 0 && gain <= 40, "gain", "from 0 to 40 decibels", gain);
            MAPPER.require(noise >= 0 && noise <= 1, "noise", "from 0 to 1", noise);
            MAPPER.require(masks >= 0 && masks <= 10, "masks", "from 0 to 10", masks);
            MAPPER.require(frequencyMask >= 0 && frequencyMask <= 1, "frequencyMask", "from 0 to 1", frequencyMask);
            MAPPER.require(timeMask >= 0 && timeMask <= 1, "timeMask", "from 0 to 1", timeMask);
            MAPPER.require(mixup >= 0 && mixup <= 10, "mixup", "from 0 (none) to 10", mixup);
        }
    }

    /// The defaults, chosen by validation accuracy by speaker: docs/accuracy-speech.md.
    public static final KeywordSettings DEFAULT = new KeywordSettings(
            new Architecture(40, 64, 5, 2, ClassifierShape.Cell.GRU, 64, 2, true, ClassifierShape.Pooling.MEAN, 0.3, 0),
            new Augmentation(100, 0.15, 6, 0.5, 2, 0.2, 0.16, 0),
            64,
            4e-3,
            0.05,
            5,
            0.1,
            40,
            15,
            42);

    /// @throws dev.headwater.forecasting.InvalidInputException naming the setting, its rule and the
    ///     value found
    public KeywordSettings {
        MAPPER.require(batch >= 2 && batch <= 1 << 16, "batch", "from 2 to " + (1 << 16), batch);
        MAPPER.require(learningRate > 0 && learningRate <= 1, "learningRate", "above 0 and at most 1", learningRate);
        MAPPER.require(weightDecay >= 0 && weightDecay <= 1, "weightDecay", "from 0 to 1", weightDecay);
        MAPPER.require(gradientClip > 0, "gradientClip", "above 0", gradientClip);
        MAPPER.requireShare("labelSmoothing", labelSmoothing);
        MAPPER.require(epochs >= 1 && epochs <= 10_000, "epochs", "from 1 to 10000", epochs);
        MAPPER.require(patience >= 1, "patience", "at least 1", patience);
    }

    /// These settings with those that a network states.
    ///
    /// @throws dev.headwater.forecasting.InvalidInputException naming the network and the setting that
    ///     is unknown or breaks its rule
    public KeywordSettings of(SensorNetwork network) {
        return MAPPER.of(network, this, network.training());
    }

    /// These settings with some replaced.
    ///
    /// @param changes values by name, with [#PREFIX]; names without it belong to the forecaster and are ignored
    /// @throws dev.headwater.forecasting.InvalidInputException naming the setting that is unknown or
    ///     breaks its rule
    public KeywordSettings with(Map<String, String> changes) {
        return MAPPER.with(this, changes);
    }

    public KeywordSettings withSeed(long value) {
        return with(Map.of(PREFIX + "seed", String.valueOf(value)));
    }

    /// Every setting by its name, without the prefix, for the provenance of an artefact.
    public Map<String, String> asMap() {
        return MAPPER.asMap(this);
    }
}
