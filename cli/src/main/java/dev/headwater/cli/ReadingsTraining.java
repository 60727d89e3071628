package dev.headwater.cli;

import dev.headwater.cli.HistoryOption.History;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.terminal.Stopping;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.forecast.LearningRatePlot;
import dev.headwater.trainer.forecast.LearningRateRange;
import dev.headwater.trainer.forecast.Trainer;
import dev.headwater.trainer.forecast.TrainingCheckpoint;
import dev.headwater.trainer.forecast.TrainingResult;
import dev.headwater.trainer.study.AblationStudy;
import dev.headwater.trainer.study.SeedStudy;
import dev.headwater.trainer.study.TrainingReport;
import java.nio.file.Path;
import java.util.List;

/// `train` for a network of readings.
record ReadingsTraining(SensorNetwork network, TrainCommand command) {

    void run() {
        if (command.plots != null && !command.rangeTest) {
            throw command.answer.wrong("--plots: goes with --lr-range-test, or with a network of sound");
        }
        TrainingSettings settings = command.training.settings(network);
        List<Long> seeds = command.training.seeds(settings);
        History history =
                command.from.load(network, command.kafka, command.answer::tell).with(command.sensors);
        try (Stopping ignored = Stopping.ofTraining()) {
            if (command.rangeTest) {
                testRange(history, settings);
            } else if (command.ablate) {
                ablate(history, settings, seeds);
            } else if (command.training.hasSeeds()) {
                trainSeeds(history, settings, seeds);
            } else {
                trainOne(history, settings);
            }
        }
    }

    private static ProvenanceInput source(History history) {
        return new ProvenanceInput(history.source(), history.fingerprint(), Revision.current());
    }

    private void trainOne(History history, TrainingSettings settings) {
        TrainingCheckpoint checkpoint = TrainingCheckpoint.in(command.out, network.name());
        if (checkpoint.exists() && !command.resume) {
            command.answer.tell(
                    checkpoint.file() + " holds an unfinished training, which --resume would go on with; this"
                            + " one begins anew and replaces it");
        }
        TrainingResult result;
        try (TrainingBars bars = new TrainingBars()) {
            result = Trainer.train(
                    history.series(),
                    settings,
                    source(history),
                    bars.forecaster(network, ""),
                    checkpoint,
                    command.resume);
        }
        Thread.interrupted(); // clears the flag: the model is kept after Ctrl-C too
        ModelRegistry.Published registered = command.register(result.model());
        if (!result.interrupted()) {
            checkpoint.remove();
        }
        print(TrainingReport.of(result, registered, command.publish, command.promote(registered)));
    }

    private void trainSeeds(History history, TrainingSettings settings, List<Long> seeds) {
        SeedStudy study;
        try (TrainingBars bars = new TrainingBars()) {
            study = SeedStudy.run(
                    history.series(),
                    settings,
                    seeds,
                    source(history),
                    seed -> bars.forecaster(network, "seed " + seed + ", "));
        }
        Thread.interrupted();
        ModelRegistry.Published registered = command.register(study.best().model());
        print(TrainingReport.of(study, registered, command.publish, command.promote(registered)));
    }

    private void testRange(History history, TrainingSettings settings) {
        LearningRateRange range;
        try (TrainingBars bars = new TrainingBars()) {
            range = Trainer.rangeTest(history.series(), settings, bars.forecaster(network, "range test, "));
        }
        String unit = network.targetMeasure().unit();
        Path curve = command.plots == null ? null : LearningRatePlot.write(command.plots, unit, range);
        command.answer.print(range, out -> ReadingsTables.print(out, range, curve));
    }

    private void ablate(History history, TrainingSettings settings, List<Long> seeds) {
        AblationStudy study;
        try (TrainingBars bars = new TrainingBars()) {
            study = AblationStudy.run(
                    history.series(),
                    settings,
                    seeds,
                    source(history),
                    command.network::load,
                    run -> bars.forecaster(network, run + ", "));
        }
        command.answer.print(study, out -> out.print(study.markdown()));
    }

    private void print(TrainingReport report) {
        command.answer.print(report, out -> ReadingsTables.print(out, network, report));
    }
}
