package dev.headwater.trainer.keyword;

import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.audio.ClipSplit;
import dev.headwater.forecasting.audio.Confusion;
import dev.headwater.forecasting.audio.KeywordModel;
import dev.headwater.forecasting.evaluation.ErrorTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Report on the training of a network of sound.
///
/// @param model               `name@version`
/// @param path                the artefact
/// @param published           true when the model was published on the models topic
/// @param split               `speaker` or `random`
/// @param seed                of all random numbers
/// @param clips               number of clips by part
/// @param accuracy            share of the test clips classified correctly
/// @param validationAccuracy  share of the validation clips classified correctly
/// @param labels              the words, in the order of the confusion's rows and columns
/// @param confusion           of the test clips, `[said][heard]`
/// @param hardest             the two words most often confused
/// @param epochs              epochs begun
/// @param bestEpoch           the epoch whose parameters were kept
/// @param parameters          of the classifier
/// @param bytes               of these parameters
/// @param realTimeFactor      seconds that one core takes for a second of sound
/// @param keywordSeconds      wall-clock seconds of the classifier's training
/// @param seconds             wall-clock seconds of the whole training
/// @param energy              errors of the forecaster on the test clips
/// @param baselines           errors of the baselines on the same clips
public record SpeechTrainingReport(
        String model,
        String path,
        boolean published,
        String split,
        long seed,
        Map<String, Integer> clips,
        double accuracy,
        double validationAccuracy,
        List<String> labels,
        List<List<Integer>> confusion,
        List<String> hardest,
        int epochs,
        int bestEpoch,
        int parameters,
        long bytes,
        double realTimeFactor,
        double keywordSeconds,
        double seconds,
        ErrorTable energy,
        Map<String, ErrorTable> baselines) {

    /// The report of a training.
    ///
    /// @param registered the model in the registry, with its classifier
    /// @param clips      clips that the model was trained on
    /// @param published  whether the model was also published on the models topic
    /// @param seconds    wall-clock seconds of the whole training
    public static SpeechTrainingReport of(
            ModelRegistry.Published registered, ClipSplit clips, boolean published, double seconds) {
        ForecastModel model = registered.model();
        KeywordModel keywords = Objects.requireNonNull(model.keywords(), "a model of sound has a classifier");
        KeywordModel.Figures figures = keywords.figures();
        Confusion test = figures.test();
        return new SpeechTrainingReport(
                model.manifest().id(),
                registered.file().toString(),
                published,
                figures.split(),
                figures.seed(),
                counts(clips),
                test.accuracy(),
                figures.validation().accuracy(),
                test.labels(),
                test.counts(),
                test.hardest(),
                figures.epochs(),
                figures.bestEpoch(),
                keywords.parameters().length,
                (long) keywords.parameters().length * Float.BYTES,
                figures.realTimeFactor(),
                figures.seconds(),
                seconds,
                model.metrics().test(),
                model.metrics().baselines());
    }

    private static Map<String, Integer> counts(ClipSplit clips) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("train", clips.train().size());
        counts.put("validation", clips.validation().size());
        counts.put("test", clips.test().size());
        return counts;
    }
}
