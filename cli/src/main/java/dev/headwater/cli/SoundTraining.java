package dev.headwater.cli;

import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.audio.ClipSplit;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.audio.ClipFolder;
import dev.headwater.ingest.terminal.Stopping;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.keyword.KeywordPlots;
import dev.headwater.trainer.keyword.KeywordSettings;
import dev.headwater.trainer.keyword.SpeechTrainer;
import dev.headwater.trainer.keyword.SpeechTrainingReport;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// `train` for a network of sound: both parts of its artefact from a folder of clips.
record SoundTraining(SensorNetwork network, AudioSpec audio, TrainCommand command) {

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
            SpeechTrainingReport report =
                    SpeechTrainingReport.of(registered, clips, command.publish, (System.nanoTime() - begun) / 1e9);
            Output.print(command.spec, command.json, report, out -> SoundTables.print(out, network, report, drawn));
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
}
