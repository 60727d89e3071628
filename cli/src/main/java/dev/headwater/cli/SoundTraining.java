package dev.headwater.cli;

import static java.util.Objects.requireNonNull;

import dev.headwater.bus.Topics;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.audio.ClipSplit;
import dev.headwater.forecasting.audio.Confusion;
import dev.headwater.forecasting.audio.KeywordModel;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.audio.ClipFolder;
import dev.headwater.ingest.terminal.Stopping;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.keyword.KeywordPlots;
import dev.headwater.trainer.keyword.KeywordSettings;
import dev.headwater.trainer.keyword.SpeechTrainer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `train` for a network of sound: both parts of its artefact from a folder of clips.
record SoundTraining(SensorNetwork network, AudioSpec audio, TrainCommand command) {

    /// What `train --json` prints of a network of sound.
    ///
    /// @param model               `name@version`
    /// @param path                the artefact
    /// @param published           true when it was put on the models topic
    /// @param split               `speaker` or `random`
    /// @param seed                of all that is random
    /// @param clips               that train, validate and test
    /// @param accuracy            share of the test clips whose word was told
    /// @param validationAccuracy  by which everything was chosen
    /// @param labels              the words, in the order of the confusion's rows and columns
    /// @param confusion           of the test clips, `[said][heard]`
    /// @param hardest             the two words most often taken for each other
    /// @param epochs              begun
    /// @param bestEpoch           whose parameters were kept
    /// @param parameters          of the classifier
    /// @param bytes               of these parameters
    /// @param realTimeFactor      seconds of one core for a second of sound
    /// @param keywordSeconds      training of the classifier
    /// @param seconds             wall clock of all of it
    /// @param energy              errors of the forecaster on the test clips
    /// @param baselines           on the same
    record Report(
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
            Map<String, ErrorTable> baselines) {}

    void run() {
        if (command.training.hasSeeds() || command.rangeTest || command.ablate || command.resume) {
            throw command.wrong("--seeds, --lr-range-test, --ablate and --resume: not for a network of sound");
        }
        long begun = System.nanoTime();
        TrainingSettings forecaster = command.training.settings(network);
        KeywordSettings classifier = command.training.classifier(network);
        Path folder = command.from.folder();
        ClipSplit clips = ClipSplit.of(
                ClipFolder.read(folder, audio, Output.notices(command.spec)), command.split, classifier.seed());
        try (Stopping ignored = Stopping.ofTraining()) {
            ForecastModel model = train(folder, clips, forecaster, classifier);
            Thread.interrupted(); // the model is kept, whether training ended by itself or by Ctrl-C
            ModelRegistry.Published registered = command.register(model);
            Path drawn = plot(model, registered.file(), command.plots);
            Report report = report(registered, clips, command.publish, (System.nanoTime() - begun) / 1e9);
            Output.print(command.spec, command.json, report, out -> print(out, report, drawn));
        }
    }

    private ForecastModel train(Path folder, ClipSplit clips, TrainingSettings forecaster, KeywordSettings classifier) {
        ProvenanceInput source =
                new ProvenanceInput(String.valueOf(folder.getFileName()), clips.fingerprint(), Revision.current());
        try (TrainingBar energy = new TrainingBar(network.targetMeasure().unit());
                KeywordBar words = new KeywordBar(energy::close)) {
            return SpeechTrainer.train(network, clips, forecaster, classifier, source, energy, words)
                    .model();
        }
    }

    /// Draws the figures beside the artefact, or where the user says.
    private static Path plot(ForecastModel model, Path artefact, @Nullable Path plots) {
        Path folder = plots == null ? artefact.resolveSibling("plots") : plots;
        if (model.keywords() != null) {
            KeywordPlots.write(model.keywords(), folder);
        }
        return folder;
    }

    private static Report report(
            ModelRegistry.Published registered, ClipSplit clips, boolean published, double seconds) {
        ForecastModel model = registered.model();
        KeywordModel keywords = requireNonNull(model.keywords());
        KeywordModel.Figures figures = keywords.figures();
        Confusion test = figures.test();
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("train", clips.train().size());
        counts.put("validation", clips.validation().size());
        counts.put("test", clips.test().size());
        return new Report(
                model.manifest().id(),
                registered.file().toString(),
                published,
                figures.split(),
                figures.seed(),
                counts,
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

    private void print(PrintWriter out, Report report, Path plots) {
        out.printf(
                Locale.ROOT,
                "%s in %s: %s (best %d), seed %d, %.0f s; plots in %s%n",
                report.model,
                report.path + (report.published ? " and on " + Topics.MODELS : ""),
                Words.count(report.epochs, "epoch"),
                report.bestEpoch,
                report.seed,
                report.seconds,
                plots);
        out.printf(
                Locale.ROOT,
                "words, split by %s: %.1f %% of %s right (validation %.1f %%), %d parameters, real-time"
                        + " factor %.4f%n",
                report.split,
                100 * report.accuracy,
                Words.count(report.clips.getOrDefault("test", 0), "test clip"),
                100 * report.validationAccuracy,
                report.parameters,
                report.realTimeFactor);
        SoundTables.print(out, new Confusion(report.labels, report.confusion));
        Map<String, ErrorTable> rows = new LinkedHashMap<>();
        rows.put(report.model, report.energy);
        rows.putAll(report.baselines);
        Output.table(out, network.targetMeasure().unit(), rows);
    }
}
