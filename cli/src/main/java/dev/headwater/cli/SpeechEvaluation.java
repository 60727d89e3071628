package dev.headwater.cli;

import static java.util.Objects.requireNonNull;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.GruForecaster;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.audio.Confusion;
import dev.headwater.forecasting.audio.KeywordClassifier;
import dev.headwater.forecasting.audio.KeywordModel;
import dev.headwater.forecasting.audio.RecurrentKeywordClassifier;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Part;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.evaluation.Evaluation;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.audio.Clip;
import dev.headwater.streams.ServedModel;
import dev.headwater.trainer.audio.ClipSplit;
import dev.headwater.trainer.audio.EnergyHistory;
import dev.headwater.trainer.audio.Judge;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;

/// `evaluate` for a network of sound: words and energy on a part of a folder of clips, parted as the model's training
/// parted them, by its seed.
final class SpeechEvaluation {

    private final SensorNetwork network;
    private final ForecastModel model;
    private final KeywordModel keywords;
    private final ClipSplit split;
    private final Part part;

    /// What `evaluate --json` prints of a network of sound.
    ///
    /// @param network        name of the network
    /// @param model          `name@version`
    /// @param split          part that was judged
    /// @param by             how the clips are parted, `speaker` or `random`
    /// @param clips          judged
    /// @param accuracy       share of them whose word was told
    /// @param labels         the words, in the order of the confusion's rows and columns
    /// @param confusion      `[said][heard]`
    /// @param hardest        the two words most often taken for each other
    /// @param realTimeFactor seconds of one core for a second of sound, measured now
    /// @param seconds        time taken
    /// @param energy         errors of the forecasts of the frames' energy
    record Report(
            String network,
            String model,
            String split,
            String by,
            int clips,
            double accuracy,
            List<String> labels,
            List<List<Integer>> confusion,
            List<String> hardest,
            double realTimeFactor,
            double seconds,
            ErrorTable energy) {}

    private SpeechEvaluation(
            SensorNetwork network, ForecastModel model, KeywordModel keywords, ClipSplit split, Part part) {
        this.network = network;
        this.model = model;
        this.keywords = keywords;
        this.split = split;
        this.part = part;
    }

    /// @param notice takes lines that a user should see
    /// @throws InvalidInputException when the model does not fit the network or knows no words
    static SpeechEvaluation of(SensorNetwork network, Path folder, Path artefact, Part part, Consumer<String> notice) {
        ForecastModel model = ModelRegistry.load(artefact);
        ServedModel.of(model, network); // throws where it does not fit
        KeywordModel keywords = model.keywords();
        if (keywords == null) {
            throw new InvalidInputException(
                    "model " + artefact + ": must know words, found none: train it with --network " + network.name());
        }
        ClipSplit.By by = keywords.figures().split().equals(ClipSplit.By.RANDOM.label())
                ? ClipSplit.By.RANDOM
                : ClipSplit.By.SPEAKER;
        long seed = keywords.figures().seed();
        return new SpeechEvaluation(
                network, model, keywords, SpeechTraining.clips(folder, network, by, seed, notice), part);
    }

    Report judge() {
        long begun = System.nanoTime();
        List<Clip> clips = clips();
        KeywordClassifier classifier =
                new RecurrentKeywordClassifier(keywords, model.manifest().version());
        Confusion confusion = Judge.of(classifier, clips);
        ErrorTable energy = energy();
        AudioSpec audio = requireNonNull(network.audio());
        double realTimeFactor = Judge.realTimeFactor(classifier, clips, audio.sampleRate());
        return new Report(
                network.name(),
                classifier.name(),
                part.label(),
                split.by().label(),
                clips.size(),
                confusion.accuracy(),
                confusion.labels(),
                confusion.counts(),
                confusion.hardest(),
                realTimeFactor,
                (System.nanoTime() - begun) / 1e9,
                energy);
    }

    private List<Clip> clips() {
        return switch (part) {
            case TRAIN -> split.train();
            case VALIDATION -> split.validation();
            case TEST -> split.test();
        };
    }

    private ErrorTable energy() {
        EnergyHistory history = EnergyHistory.of(network, split);
        var range = history.split().range(part);
        try (ProgressBar bar = Output.bar("evaluate", range.count(), "windows")) {
            return new Evaluation(history.series(), range)
                    .errors(GruForecaster.of(model), (batch, out) -> {}, bar::stepTo)
                    .errors()
                    .table(network);
        }
    }

    void print(PrintWriter out, Report report) {
        out.printf(
                Locale.ROOT,
                "%s, %s split by %s: %.1f %% of %s right, real-time factor %.4f, %.1f s%n",
                report.network,
                report.split,
                report.by,
                100 * report.accuracy,
                Words.count(report.clips, "clip"),
                report.realTimeFactor,
                report.seconds);
        Confusions.print(out, new Confusion(report.labels, report.confusion));
        Map<String, ErrorTable> rows = new LinkedHashMap<>();
        rows.put(model.manifest().id(), report.energy);
        Output.table(out, network.targetMeasure().unit(), rows);
    }
}
