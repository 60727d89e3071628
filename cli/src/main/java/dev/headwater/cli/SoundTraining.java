package dev.headwater.cli;

import static java.util.Objects.requireNonNull;

import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.audio.ClipSplit;
import dev.headwater.ingest.audio.ClipFolder;
import dev.headwater.ingest.terminal.Stopping;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.keyword.KeywordPlots;
import dev.headwater.trainer.keyword.KeywordSettings;
import dev.headwater.trainer.keyword.SpeechTrainingReport;
import java.nio.file.Path;

/// `train` for a network of sound: both parts of its artefact from a folder of clips.
record SoundTraining(SoundWorkload sound, TrainCommand command) {

    void run() {
        if (command.training.hasSeeds() || command.rangeTest || command.ablate || command.resume) {
            throw command.answer.wrong("--seeds, --lr-range-test, --ablate and --resume: not for a network of sound");
        }
        if (command.service.wanted) {
            throw command.answer.wrong("--service: not for a network of sound");
        }
        long begun = System.nanoTime();
        TrainingSettings forecaster = command.training.settings(sound.network());
        KeywordSettings classifier = command.training.classifier(sound.network());
        Path folder = command.from.folder();
        ClipSplit clips = ClipSplit.of(
                ClipFolder.read(folder, sound.audio(), command.answer::tell), command.split, classifier.seed());
        try (Stopping ignored = Stopping.ofTraining()) {
            ForecastModel model = sound.train(folder, clips, forecaster, classifier);
            Thread.interrupted(); // clears the flag: the model is kept after Ctrl-C too
            ModelRegistry.Published registered = command.register(model);
            Path drawn = plot(registered);
            SpeechTrainingReport report =
                    SpeechTrainingReport.of(registered, clips, command.publish, (System.nanoTime() - begun) / 1e9);
            command.answer.print(report, out -> SoundTables.print(out, sound.network(), report, drawn));
        }
    }

    /// Writes the plots beside the artefact, or into the folder that the user names.
    private Path plot(ModelRegistry.Published registered) {
        Path folder = command.plots == null ? registered.file().resolveSibling("plots") : command.plots;
        KeywordPlots.write(requireNonNull(registered.model().keywords()), folder);
        return folder;
    }
}
