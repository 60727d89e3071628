package dev.headwater.cli;

import dev.headwater.bus.ModelTopic;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.cli.HistoryOption.History;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.ChampionVerdict;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.audio.ClipSplit;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.audio.ClipFolder;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.forecast.Trainer;
import dev.headwater.trainer.forecast.TrainingCheckpoint;
import dev.headwater.trainer.forecast.TrainingResult;
import dev.headwater.trainer.study.SeedStudy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Trains a model and puts it into the registry.
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Train an encoder-decoder GRU on history; the best on validation is kept, also after Ctrl-C. A"
                + " second Ctrl-C breaks off at once. After each epoch a checkpoint is left: --resume goes on from it.",
        footer = {
            "",
            "Examples:",
            "  headwater train --network pems-bay --from pems-bay.h5",
            "  headwater train --network pems-bay --from topic --bootstrap localhost:9092",
            "  headwater train --network pems-bay --from pems-bay.h5 --publish",
            "  headwater train --network pems-bay --from pems-bay.h5 --resume",
            "  headwater train --network pems-bay --from pems-bay.h5 --seeds 3 --setting dropout=0.1",
            "  headwater train --network pems-bay --from pems-bay.h5 --lr-range-test --plots plots/",
            "  headwater train --network pems-bay --from pems-bay.h5 --ablate --seeds 1,2,3",
            "  headwater train --network speech --from speech-commands/ --split speaker"
        })
final class TrainCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NetworkOption network = new NetworkOption();

    @Mixin
    private HistoryOption from = new HistoryOption();

    @Mixin
    private SensorsOption sensors = new SensorsOption();

    @Option(
            names = {"--registry", "--out"},
            defaultValue = ModelRegistry.DEFAULT_ROOT,
            paramLabel = "DIR",
            description = "Registry of models; default: ${DEFAULT-VALUE}.")
    private Path out = Path.of(ModelRegistry.DEFAULT_ROOT);

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Option(names = "--resume", description = "Go on with the training that was interrupted.")
    private boolean resume;

    @Option(
            names = "--lr-range-test",
            description = "Train nothing; let the learning rate grow over some hundred updates, and say which one the"
                    + " loss bears.")
    private boolean rangeTest;

    @Option(
            names = "--ablate",
            description = "Keep nothing; train the model with and without each group of its inputs, over --seeds, and"
                    + " print a table.")
    private boolean ablate;

    @Option(
            names = "--split",
            converter = ClipSplitConverter.class,
            defaultValue = "speaker",
            paramLabel = "speaker|random",
            description = "How clips of sound are parted: no speaker in two parts, or by the seed; default: "
                    + "${DEFAULT-VALUE}.")
    private ClipSplit.By split = ClipSplit.By.SPEAKER;

    @Option(
            names = "--plots",
            paramLabel = "DIR",
            description =
                    "Where --lr-range-test, or a network of sound, puts its plots as PNG; those of sound lie beside"
                            + " the model by default.")
    private @Nullable Path plots;

    @Option(
            names = "--licence",
            paramLabel = "TEXT",
            description = "Licence of the history, for the model card; default: the network's.")
    private @Nullable String licence;

    @Option(
            names = "--publish",
            description = "Put the model on " + Topics.MODELS + " too: every running `serve` takes it at once.")
    private boolean publish;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Override
    public void run() {
        requireOneWay();
        SensorNetwork definition = network.load(licence == null ? Map.of() : Map.of("licence", quoted(licence)));
        if (publish) {
            TopicAdmin.ensure(kafka.client(), List.of(Topics.models())); // better told now than after the training
        }
        AudioSpec audio = definition.audio();
        if (audio == null) {
            requireNoPlots();
            trainForecaster(definition);
        } else {
            requireNoStudy();
            trainSpeech(definition, audio);
        }
    }

    private void trainForecaster(SensorNetwork definition) {
        TrainingSettings settings = training.settings(definition);
        List<Long> seeds = training.seeds(settings);
        History history =
                from.load(definition, kafka, spec.commandLine().getErr()).with(sensors);
        try (Stopping ignored = Stopping.ofTraining()) {
            if (rangeTest) {
                new RangeTestView(spec, json).run(history.series(), settings, plots);
            } else if (ablate) {
                new AblationView(spec, json).run(network, history.series(), settings, seeds, source(history));
            } else if (training.hasSeeds()) {
                trainSeeds(history, settings, seeds);
            } else {
                trainOne(history, settings);
            }
        }
    }

    private void requireOneWay() {
        int ways = (rangeTest ? 1 : 0) + (ablate ? 1 : 0) + (resume ? 1 : 0);
        if (ways > 1 || (training.hasSeeds() && (rangeTest || resume))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--resume, --lr-range-test and --ablate exclude each other, and --seeds goes with --ablate alone");
        }
        if (publish && (rangeTest || ablate)) {
            throw new ParameterException(
                    spec.commandLine(), "--publish: --lr-range-test and --ablate give no model to publish");
        }
    }

    private void requireNoPlots() {
        if (plots != null && !rangeTest) {
            throw new ParameterException(
                    spec.commandLine(), "--plots: goes with --lr-range-test, or with a network of sound");
        }
    }

    private void requireNoStudy() {
        if (training.hasSeeds() || rangeTest || ablate || resume) {
            throw new ParameterException(
                    spec.commandLine(), "--seeds, --lr-range-test, --ablate and --resume: not for a network of sound");
        }
    }

    private void trainSpeech(SensorNetwork definition, AudioSpec audio) {
        long begun = System.nanoTime();
        SpeechTraining speech =
                new SpeechTraining(definition, split, training.settings(definition), training.classifier(definition));
        ClipSplit clips = ClipSplit.of(
                ClipFolder.read(from.folder(), audio, Output.notices(spec)),
                split,
                speech.classifier().seed());
        try (Stopping ignored = Stopping.ofTraining()) {
            ForecastModel model = speech.train(from.folder(), clips).model();
            Thread.interrupted(); // the model is kept, whether training ended by itself or by Ctrl-C
            ModelRegistry.Published registered = new ModelRegistry(out).publish(model);
            Path drawn = SpeechTraining.plot(model, registered.file(), plots);
            if (publish) {
                publish(registered.file());
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            SpeechTraining.Report report = SpeechTraining.report(registered, clips, publish, seconds);
            if (json) {
                Output.json(spec, report);
            } else {
                speech.print(spec.commandLine().getOut(), report, drawn);
            }
        }
    }

    /// As a YAML string, whatever is in it.
    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static ProvenanceInput source(History history) {
        return new ProvenanceInput(history.source(), history.fingerprint(), Revision.current());
    }

    private void trainOne(History history, TrainingSettings settings) {
        SensorNetwork definition = history.series().network();
        TrainingCheckpoint checkpoint = TrainingCheckpoint.in(out, definition.name());
        if (checkpoint.exists() && !resume) {
            spec.commandLine()
                    .getErr()
                    .println("headwater: " + checkpoint.file() + " holds an unfinished training, which --resume would"
                            + " go on with; this one begins anew and replaces it");
        }
        TrainingResult result;
        try (TrainingBar bar = new TrainingBar(definition.targetMeasure().unit())) {
            result = Trainer.train(history.series(), settings, source(history), bar, checkpoint, resume);
        }
        Thread.interrupted(); // the model is kept, whether training ended by itself or by Ctrl-C
        ModelRegistry.Published registered = register(result);
        if (!result.interrupted()) {
            checkpoint.remove();
        }
        new TrainReport(spec, json).print(definition, result, registered, publish, promote(registered));
    }

    private void trainSeeds(History history, TrainingSettings settings, List<Long> seeds) {
        SensorNetwork definition = history.series().network();
        SeedStudy study;
        try (TrainingBars bars = new TrainingBars(definition.targetMeasure().unit())) {
            study = SeedStudy.run(
                    history.series(), settings, seeds, source(history), seed -> bars.next("seed " + seed + ", "));
        }
        Thread.interrupted();
        ModelRegistry.Published registered = register(study.best());
        new TrainReport(spec, json).print(definition, study, registered, publish, promote(registered));
    }

    /// Makes the model champion if it beats the one there is.
    private ChampionVerdict promote(ModelRegistry.Published registered) {
        return new ModelRegistry(out).promote(registered);
    }

    private ModelRegistry.Published register(TrainingResult result) {
        ModelRegistry.Published registered = new ModelRegistry(out).publish(result.model());
        if (publish) {
            publish(registered.file());
        }
        return registered;
    }

    /// The model is kept either way, and with it its figures: `models show` prints them.
    private void publish(Path file) {
        try {
            ModelTopic.publish(kafka.client(), ModelRegistry.bytes(file), file.toString());
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    e.getMessage() + "; the model is kept: `headwater models publish " + file + "` tries again", e);
        }
    }
}
