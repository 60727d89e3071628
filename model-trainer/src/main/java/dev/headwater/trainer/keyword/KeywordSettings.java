package dev.headwater.trainer.keyword;

import static dev.headwater.trainer.keyword.SettingValues.require;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.audio.SpectrumSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.Suggestion;
import dev.headwater.kernels.ClassifierShape;
import dev.headwater.trainer.TrainingSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Every hyper-parameter of the training of a classifier of words.
///
/// @param architecture   of the network
/// @param augmentation   of the clips
/// @param batch          clips in one update
/// @param learningRate   highest rate of the one-cycle schedule
/// @param weightDecay    decoupled weight decay (Loshchilov & Hutter, 2019), per unit of learning rate
/// @param gradientClip   longest gradient of a layer, L2 norm
/// @param labelSmoothing share of a label that is spread over all words (Szegedy et al., 2016)
/// @param epochs         most passes over the training clips
/// @param patience       epochs without a better validation accuracy after which training stops
/// @param seed           of all that is random
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

    /// What the names of these settings begin with beside those of the forecaster: `keyword.hidden`.
    public static final String PREFIX = TrainingSettings.KEYWORD_PREFIX;

    /// Sizes of the network.
    ///
    /// @param bands            mel bands, 0 for the bins of the transform
    /// @param filters          of the convolution over time, 0 for none
    /// @param kernel           spectra that a filter reads, odd
    /// @param stride           spectra from one output of the convolution to the next
    /// @param cell             of the recurrent layers
    /// @param hidden           units of each layer and direction, a multiple of 4
    /// @param layers           recurrent layers one upon the other
    /// @param bidirectional    whether each also reads backwards
    /// @param pooling          of the states over time
    /// @param dropout          share of the inputs of each recurrent layer and of the dense layer that is dropped
    /// @param recurrentDropout share that is dropped between a step's state and the next one's gates, the same at
    ///                         every step: of a GRU's units for each clip (Gal & Ghahramani, 2016), of an LSTM's
    ///                         recurrent weights for each batch (Merity et al., 2018)
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

        /// @throws InvalidInputException naming the setting, its rule and the value found
        public Architecture {
            require(
                    bands >= 0 && bands <= SpectrumSpec.MAX_BANDS,
                    "bands",
                    "from 0 (none) to " + SpectrumSpec.MAX_BANDS,
                    bands);
            require(filters >= 0 && filters <= 1024, "filters", "from 0 (none) to 1024", filters);
            require(kernel >= 1 && kernel <= 63 && kernel % 2 == 1, "kernel", "odd, from 1 to 63", kernel);
            require(stride >= 1 && stride <= 16, "stride", "from 1 to 16", stride);
            require(hidden >= 4 && hidden <= 1024 && hidden % 4 == 0, "hidden", "a multiple of 4 up to 1024", hidden);
            require(layers >= 1 && layers <= 4, "layers", "from 1 to 4", layers);
            require(dropout >= 0 && dropout < 1, "dropout", "from 0 to below 1", dropout);
            require(
                    recurrentDropout >= 0 && recurrentDropout < 1,
                    "recurrentDropout",
                    "from 0 to below 1",
                    recurrentDropout);
        }

        /// The shape of the network for sequences of such spectra.
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

    /// How each clip is changed, anew in each epoch.
    ///
    /// @param shift         furthest shift in time, milliseconds
    /// @param speed         largest change of speed, as a share: pitch and vocal tract change with it
    /// @param gain          largest change of loudness, decibels
    /// @param noise         share of the clips that white noise is added to, 5 to 35 decibels below them
    /// @param masks         bands of frequency and spans of time that are masked (SpecAugment, Park et al., 2019)
    /// @param frequencyMask widest masked band, as a share of the spectrum's width
    /// @param timeMask      longest masked span, as a share of the clip
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

        /// Clips as they are.
        public static final Augmentation NONE = new Augmentation(0, 0, 0, 0, 0, 0, 0, 0);

        /// @throws InvalidInputException naming the setting, its rule and the value found
        public Augmentation {
            require(shift >= 0 && shift <= 10_000, "shift", "from 0 to 10000 milliseconds", shift);
            require(speed >= 0 && speed <= 0.5, "speed", "from 0 to 0.5", speed);
            require(gain >= 0 && gain <= 40, "gain", "from 0 to 40 decibels", gain);
            require(noise >= 0 && noise <= 1, "noise", "from 0 to 1", noise);
            require(masks >= 0 && masks <= 10, "masks", "from 0 to 10", masks);
            require(frequencyMask >= 0 && frequencyMask <= 1, "frequencyMask", "from 0 to 1", frequencyMask);
            require(timeMask >= 0 && timeMask <= 1, "timeMask", "from 0 to 1", timeMask);
            require(mixup >= 0 && mixup <= 10, "mixup", "from 0 (none) to 10", mixup);
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

    /// @throws InvalidInputException naming the setting, its rule and the value found
    public KeywordSettings {
        require(batch >= 2 && batch <= 1 << 16, "batch", "from 2 to " + (1 << 16), batch);
        require(learningRate > 0 && learningRate <= 1, "learningRate", "above 0 and at most 1", learningRate);
        require(weightDecay >= 0 && weightDecay <= 1, "weightDecay", "from 0 to 1", weightDecay);
        require(gradientClip > 0, "gradientClip", "above 0", gradientClip);
        require(labelSmoothing >= 0 && labelSmoothing < 1, "labelSmoothing", "from 0 to below 1", labelSmoothing);
        require(epochs >= 1 && epochs <= 10_000, "epochs", "from 1 to 10000", epochs);
        require(patience >= 1, "patience", "at least 1", patience);
    }

    /// These settings with those that a network states.
    ///
    /// @throws InvalidInputException naming the network and the setting that is unknown or breaks its rule
    public KeywordSettings of(SensorNetwork network) {
        try {
            return with(network.training());
        } catch (InvalidInputException e) {
            throw new InvalidInputException("network " + network.name() + ": " + e.getMessage(), e);
        }
    }

    /// These settings with some replaced.
    ///
    /// @param changes values by name, with [#PREFIX]; other names are the forecaster's and are passed over
    /// @throws InvalidInputException naming the setting that is unknown or breaks its rule
    public KeywordSettings with(Map<String, String> changes) {
        Map<String, String> all = asMap();
        List<String> names = all.keySet().stream().map(PREFIX::concat).toList();
        changes.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                String own = name.substring(PREFIX.length());
                if (!all.containsKey(own)) {
                    throw new InvalidInputException(
                            "unknown training setting '" + name + "'" + Suggestion.of(name, names));
                }
                all.put(own, value);
            }
        });
        SettingValues values = new SettingValues(all);
        return new KeywordSettings(
                architecture(values),
                augmentation(values),
                values.whole("batch"),
                values.number("learningRate"),
                values.number("weightDecay"),
                values.number("gradientClip"),
                values.number("labelSmoothing"),
                values.whole("epochs"),
                values.whole("patience"),
                values.large("seed"));
    }

    private static Architecture architecture(SettingValues values) {
        return new Architecture(
                values.whole("bands"),
                values.whole("filters"),
                values.whole("kernel"),
                values.whole("stride"),
                values.choice("cell", ClassifierShape.Cell.class),
                values.whole("hidden"),
                values.whole("layers"),
                values.flag("bidirectional"),
                values.choice("pooling", ClassifierShape.Pooling.class),
                values.number("dropout"),
                values.number("recurrentDropout"));
    }

    private static Augmentation augmentation(SettingValues values) {
        return new Augmentation(
                values.number("shift"),
                values.number("speed"),
                values.number("gain"),
                values.number("noise"),
                values.whole("masks"),
                values.number("frequencyMask"),
                values.number("timeMask"),
                values.number("mixup"));
    }

    /// Every setting by its name, without the prefix, for the provenance of an artefact.
    public Map<String, String> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("bands", architecture.bands);
        map.put("filters", architecture.filters);
        map.put("kernel", architecture.kernel);
        map.put("stride", architecture.stride);
        map.put("cell", SettingValues.label(architecture.cell));
        map.put("hidden", architecture.hidden);
        map.put("layers", architecture.layers);
        map.put("bidirectional", architecture.bidirectional);
        map.put("pooling", SettingValues.label(architecture.pooling));
        map.put("dropout", architecture.dropout);
        map.put("recurrentDropout", architecture.recurrentDropout);
        map.put("shift", augmentation.shift);
        map.put("speed", augmentation.speed);
        map.put("gain", augmentation.gain);
        map.put("noise", augmentation.noise);
        map.put("masks", augmentation.masks);
        map.put("frequencyMask", augmentation.frequencyMask);
        map.put("timeMask", augmentation.timeMask);
        map.put("mixup", augmentation.mixup);
        map.put("batch", batch);
        map.put("learningRate", learningRate);
        map.put("weightDecay", weightDecay);
        map.put("gradientClip", gradientClip);
        map.put("labelSmoothing", labelSmoothing);
        map.put("epochs", epochs);
        map.put("patience", patience);
        map.put("seed", seed);
        Map<String, String> texts = new LinkedHashMap<>();
        map.forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }

    /// The same with another seed.
    public KeywordSettings withSeed(long value) {
        return with(Map.of(PREFIX + "seed", String.valueOf(value)));
    }
}
