package dev.headwater.cli;

import dev.headwater.backtest.SoundBacktest;
import dev.headwater.backtest.SoundEvaluation;
import dev.headwater.backtest.SoundReport;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.audio.ClipSplit;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.replay.FrameSource;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.SoundInput;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.keyword.KeywordSettings;
import dev.headwater.trainer.keyword.SpeechTrainer;
import java.nio.file.Path;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;

/// Sensors that send sound.
///
/// @param audio settings of the sound
public record SoundWorkload(SensorNetwork network, AudioSpec audio) implements Workload {

    @Override
    public void train(TrainCommand command) {
        new SoundTraining(this, command).run();
    }

    /// Trains both parts of an artefact, with progress bars.
    ///
    /// @param folder folder of the clips, for the provenance
    public ForecastModel train(Path folder, ClipSplit clips, TrainingSettings forecaster, KeywordSettings classifier) {
        ProvenanceInput source =
                new ProvenanceInput(String.valueOf(folder.getFileName()), clips.fingerprint(), Revision.current());
        try (TrainingBars bars = new TrainingBars()) {
            return SpeechTrainer.train(
                    network,
                    audio,
                    clips,
                    forecaster,
                    classifier,
                    source,
                    bars.forecaster(network, ""),
                    bars.classifier());
        }
    }

    @Override
    public void evaluate(EvaluateCommand command) {
        SoundBacktest backtest = backtest(command.judged, command.answer::tell);
        SoundEvaluation report;
        try (ProgressBar bar = Output.bar("evaluate", backtest.windows(), "windows")) {
            report = backtest.evaluate(bar::stepTo);
        }
        command.answer.print(report, out -> SoundTables.print(out, network, report));
    }

    @Override
    public int replay(ReplayCommand command) throws InterruptedException {
        SoundBacktest backtest = backtest(command.judged, command.answer::tell);
        SoundReport clips = ReplayCommand.played(
                "replay",
                backtest.clips(),
                "words",
                (folder, progress) -> backtest.replay(command.guarantee, folder, progress));
        SoundReport report = !command.continuous
                ? clips
                : clips.with(ReplayCommand.played(
                        "continuous",
                        backtest.clips(),
                        "words",
                        (folder, progress) -> backtest.replayAsOne(command.guarantee, folder, progress)));
        command.answer.print(report, out -> SoundTables.print(out, report));
        return report.stream().missing() == 0 ? 0 : 1;
    }

    private SoundBacktest backtest(BacktestOptions judged, Consumer<String> notices) {
        ForecastModel model = ModelRegistry.load(Path.of(judged.model));
        return SoundBacktest.of(network, audio, model, judged.from, judged.split, notices);
    }

    @Override
    public void ingest(IngestCommand command) {
        Path from = command.from;
        boolean isRanged = command.start != null || command.end != null || !command.history.isZero();
        if (from == null || isRanged || command.parallel < 1) {
            throw command.answer.wrong(
                    "network " + network.name() + " has sound: --from FOLDER, FILE.wav, microphone or -"
                            + " must be given, --start, --end and --history must not, and --parallel must be at least 1");
        }
        String sound = from.toString();
        Speed pace = SoundInput.isLive(sound) && !command.answer.isTyped("--speed") ? Speed.MAX : command.speed;
        FrameSource source = new SoundInput(network, audio, command.answer::tell)
                .open(sound, command.sourceName, command.parallel, pace);
        command.send(network, replayer -> command.report(replayer.replay(source, ReplayOptions.all(pace))));
    }
}
