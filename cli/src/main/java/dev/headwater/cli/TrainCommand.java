package dev.headwater.cli;

import dev.headwater.bus.ModelTopic;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.model.ForecastModel;
import dev.headwater.forecasting.model.ModelRegistry;
import dev.headwater.forecasting.network.Network;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.reader.Dataset;
import dev.headwater.ingest.reader.DatasetReader;
import dev.headwater.ingest.simulator.CitySimulator;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.Trainer;
import dev.headwater.trainer.TrainingResult;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.audio.ClipSplit;
import dev.headwater.trainer.audio.KeywordSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Trains a model and puts it into the registry.
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Train an encoder-decoder GRU on history; the best on validation is kept, also after Ctrl-C.",
        footer = {
            "",
            "Examples:",
            "  headwater train --network pems-bay --from pems-bay.h5 --out models/",
            "  headwater train --network pems-bay --from topic --bootstrap localhost:9092",
            "  headwater train --network pems-bay --from pems-bay.h5 --publish",
            "  headwater train --network speech --from speech-commands/ --split speaker"
        })
final class TrainCommand implements Runnable {

    private static final String TOPIC = "topic";
    private static final String SIMULATOR = "simulator";
    private static final int SIMULATED_DAYS = 14;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NetworkOption network = new NetworkOption();

    @Option(
            names = "--from",
            required = true,
            paramLabel = "FILE|FOLDER|topic|simulator",
            description =
                    "History: a folder of words for a network of sound; .h5, .csv[.gz], .npz; the word topic: all that is on the readings topic; the word "
                            + "simulator: the last 14 days of the city that `ingest` simulates by default.")
    private String from = "";

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
            description = "Folder for the plots of a network of sound; default: plots beside the model.")
    private @Nullable Path plots;

    @Option(
            names = "--out",
            defaultValue = "models",
            paramLabel = "DIR",
            description = "Registry of models; default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("models");

    @Option(names = "--epochs", paramLabel = "N", description = "Most passes over the windows.")
    private @Nullable Integer epochs;

    @Option(names = "--windows-per-epoch", paramLabel = "N", description = "Most windows of one pass, 0 = all.")
    private @Nullable Integer windowsPerEpoch;

    @Option(names = "--hidden", paramLabel = "N", description = "Units of encoder and decoder, a multiple of 4.")
    private @Nullable Integer hidden;

    @Option(names = "--batch", paramLabel = "N", description = "Windows in one update.")
    private @Nullable Integer batch;

    @Option(names = "--learning-rate", paramLabel = "X", description = "Highest rate of the one-cycle schedule.")
    private @Nullable Double learningRate;

    @Option(
            names = "--setting",
            paramLabel = "NAME=VALUE",
            description =
                    "Any other setting of the trainer, e.g. embedding=0, or keyword.hidden=96 of the classifier of "
                            + "words; may be given several times.")
    private Map<String, String> changes = new LinkedHashMap<>();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all that is random; default: 42.")
    private @Nullable Long seed;

    @Option(
            names = "--publish",
            description = "Put the model on " + Topics.MODELS + " too: every running `serve` takes it at once.")
    private boolean publish;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    /// What `train --json` prints.
    ///
    /// @param model            `name@version`
    /// @param path             the artefact
    /// @param published        true when it was put on the models topic
    /// @param epochs           epochs begun
    /// @param bestEpoch        the one whose parameters were kept
    /// @param seed             of all that is random
    /// @param seconds          wall clock, evaluation included
    /// @param windowsPerSecond trained on, evaluation not included
    /// @param validation       errors on the validation part
    /// @param test             errors on the test part
    record Report(
            String model,
            String path,
            boolean published,
            int epochs,
            int bestEpoch,
            long seed,
            double seconds,
            double windowsPerSecond,
            ErrorTable validation,
            ErrorTable test,
            Map<String, ErrorTable> baselines) {}

    /// A history and where it came from.
    private record History(Series series, String source, String fingerprint) {}

    @Override
    public void run() {
        Network definition = network.load();
        if (publish) {
            TopicAdmin.ensure(kafka.client(), List.of(Topics.models())); // better told now than after the training
        }
        if (definition.audio() != null) {
            trainSpeech(definition);
            return;
        }
        History history = history(definition);
        TrainingSettings settings = settings(definition);
        ProvenanceInput source = new ProvenanceInput(history.source, history.fingerprint, Revision.current());
        TrainingResult result;
        Thread training = Thread.currentThread();
        Stopping stopping = Stopping.onSignal();
        stopping.then(training::interrupt);
        try (stopping;
                TrainingBar bar = new TrainingBar(definition.targetMeasure().unit())) {
            result = Trainer.train(history.series, settings, source, bar);
            Thread.interrupted(); // the model is kept, whether training ended by itself or by Ctrl-C
            ModelRegistry.Published registered = new ModelRegistry(out).publish(result.model());
            if (publish) {
                publish(registered.file());
            }
            report(definition, result, registered);
        }
    }

    private void trainSpeech(Network definition) {
        long begun = System.nanoTime();
        SpeechTraining training = new SpeechTraining(definition, split, settings(definition), classifier(definition));
        Path folder = Path.of(from);
        ClipSplit clips = SpeechTraining.clips(
                folder,
                definition,
                split,
                training.classifier().seed(),
                line -> spec.commandLine().getErr().println("headwater: " + line));
        Thread thread = Thread.currentThread();
        Stopping stopping = Stopping.onSignal();
        stopping.then(thread::interrupt);
        try (stopping) {
            ForecastModel model = training.train(folder, clips).model();
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
                training.print(spec.commandLine().getOut(), report, drawn);
            }
        }
    }

    private KeywordSettings classifier(Network definition) {
        KeywordSettings settings = KeywordSettings.DEFAULT.of(definition).with(changes);
        return seed == null ? settings : settings.withSeed(seed);
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

    private History history(Network definition) {
        if (from.equals(TOPIC)) {
            return new History(TopicHistory.read(kafka.client(), definition), "readings topic", "");
        }
        if (from.equals(SIMULATOR)) {
            return new History(simulated(definition), "simulated city, seed " + IngestCommand.DEFAULT_SEED, "");
        }
        Path file = Path.of(from);
        Dataset dataset = DatasetReader.read(file, definition);
        dataset.remarks().forEach(remark -> spec.commandLine().getErr().println("headwater: " + remark));
        return new History(dataset.series(), String.valueOf(file.getFileName()), dataset.fingerprint());
    }

    private static Series simulated(Network definition) {
        int slots = SIMULATED_DAYS * definition.clock().slotsPerDay();
        long now = definition.clock().slotOf(System.currentTimeMillis());
        return new CitySimulator(definition, IngestCommand.DEFAULT_SENSORS, IngestCommand.DEFAULT_SEED)
                .history(now - slots, slots);
    }

    private TrainingSettings settings(Network definition) {
        Map<String, String> own = new LinkedHashMap<>(changes);
        own.keySet().removeIf(name -> definition.audio() != null && name.startsWith(TrainingSettings.KEYWORD_PREFIX));
        TrainingSettings settings = TrainingSettings.DEFAULT.of(definition).with(own);
        settings = epochs == null ? settings : settings.withEpochs(epochs);
        settings = windowsPerEpoch == null ? settings : settings.withWindowsPerEpoch(windowsPerEpoch);
        settings = hidden == null ? settings : settings.withHidden(hidden);
        settings = batch == null ? settings : settings.withBatch(batch);
        settings = learningRate == null ? settings : settings.withLearningRate(learningRate);
        return seed == null ? settings : settings.withSeed(seed);
    }

    private void report(Network definition, TrainingResult result, ModelRegistry.Published published) {
        ForecastModel model = published.model();
        Report report = new Report(
                model.manifest().id(),
                published.file().toString(),
                publish,
                result.epochs(),
                result.bestEpoch(),
                model.manifest().provenance().seed(),
                result.seconds(),
                result.windowsPerSecond(),
                model.metrics().validation(),
                model.metrics().test(),
                model.metrics().baselines());
        if (json) {
            Output.json(spec, report);
            return;
        }
        PrintWriter print = spec.commandLine().getOut();
        print.printf(
                Locale.ROOT,
                "%s in %s%s: %d epochs (best %d), seed %d, %.0f s, %.0f windows/s; validation MAE %.3f%n",
                report.model,
                report.path,
                report.published ? " and on " + Topics.MODELS : "",
                report.epochs,
                report.bestEpoch,
                report.seed,
                report.seconds,
                report.windowsPerSecond,
                report.validation.mean().mae());
        Map<String, ErrorTable> rows = new LinkedHashMap<>();
        rows.put(report.model, report.test);
        rows.putAll(report.baselines);
        Output.table(print, definition.targetMeasure().unit(), rows);
    }
}
