package dev.headwater.cli.demo;

import dev.headwater.cli.Console;
import dev.headwater.cli.NetworkOption;
import dev.headwater.cli.ReadingsTables;
import dev.headwater.cli.ReadingsWorkload;
import dev.headwater.cli.Revision;
import dev.headwater.cli.SoundWorkload;
import dev.headwater.cli.SpeedConverter;
import dev.headwater.cli.TimeConverter;
import dev.headwater.cli.TrainingBars;
import dev.headwater.cli.Workload;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.artefact.ModelFile;
import dev.headwater.forecasting.artefact.ModelMetrics;
import dev.headwater.forecasting.audio.Clip;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.audio.ClipFolder;
import dev.headwater.ingest.reader.DatasetReader;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.ingest.terminal.Stopping;
import dev.headwater.ingest.terminal.TemporaryFolder;
import dev.headwater.ingest.terminal.Terminal;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.forecast.Trainer;
import dev.headwater.trainer.forecast.TrainingResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs the whole pipeline at once, for a first look.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Everything at once: an embedded broker, a simulated city (or a file), about a minute of"
                        + " training, the stream, a web page, and a table of live forecasts until Ctrl-C. Leaves no files behind.",
        footer = {
            "",
            "Examples:",
            "  headwater demo --for 60s",
            "  headwater demo --network pems-bay --from pems-bay.h5 --speed 600x",
            "  headwater demo --network jena --from jena_climate_2009_2016.csv --speed 3000x",
            "  headwater demo --network speech --from mini_speech_commands"
        })
public final class DemoCommand implements Runnable {

    private static final int EPOCHS = 5;
    private static final int WINDOWS_PER_EPOCH = 250_000;

    @Mixin
    private Console console = new Console();

    @Option(
            names = "--network",
            paramLabel = "NAME|FILE",
            defaultValue = "simulated-city",
            completionCandidates = NetworkOption.Shipped.class,
            description = NetworkOption.Shipped.DESCRIPTION + " Default: ${DEFAULT-VALUE}.")
    private String network = "simulated-city";

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description =
                    "Recorded readings instead of simulated ones; for a network with sound, a folder of" + " words.")
    private @Nullable Path from;

    @Option(
            names = "--model",
            paramLabel = "PATH",
            description = "For a network with sound: the model to use; default: models/NETWORK/champion, else"
                    + " models/NETWORK/latest, else a new one, trained in some minutes.")
    private @Nullable Path model;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "How long the live stream runs, e.g. 60s or 5m; default: until Ctrl-C.")
    private Duration time = Duration.ZERO;

    @Option(
            names = "--speed",
            paramLabel = "Nx",
            defaultValue = "300x",
            converter = SpeedConverter.class,
            description = "Multiple of real time; default: ${DEFAULT-VALUE}, five minutes a second; for sound" + " 1x.")
    private Speed speed = new Speed(300);

    @Option(names = "--sensors", paramLabel = "N", defaultValue = "325", description = "Sensors of the simulated city.")
    private int sensors = 325;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Seed of the city and of the training; default: 42.")
    private long seed = 42;

    @Mixin
    private Page page = new Page();

    @Override
    public void run() {
        PrintWriter out = console.out();
        SensorNetwork definition = NetworkFile.load(network);
        switch (Workload.of(definition)) {
            case ReadingsWorkload readings -> forecast(definition, out);
            case SoundWorkload sound -> listen(sound, out);
        }
    }

    private void forecast(SensorNetwork definition, PrintWriter out) {
        Feed feed = from == null
                ? Feed.simulated(definition, sensors, seed)
                : Feed.recorded(DatasetReader.read(from, definition).series());
        out.printf(
                "%s: %s, %s of history, seed %d%n",
                definition.title(),
                Words.count(feed.history().sensors().size(), "sensor"),
                Words.count(feed.history().slots(), "slot"),
                seed);
        out.flush();
        Artefact trained = train(feed, definition, out);
        LiveTable.Screen screen =
                new LiveTable.Screen(Terminal.OUT.isInteractive(), Terminal.OUT::columns, Terminal.OUT::rows);
        try (Stopping stopping = Stopping.onSignal();
                TemporaryFolder folder = TemporaryFolder.create("headwater-demo")) {
            new Demo(feed, trained, speed, page).run(folder.path(), out, screen, time, stopping::isAsked);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen(SoundWorkload sound, PrintWriter out) {
        SensorNetwork definition = sound.network();
        if (from == null) {
            throw new InvalidInputException(
                    "network " + definition.name() + ": --from must name a folder with a folder"
                            + " of WAV files per word, such as mini_speech_commands from"
                            + " http://storage.googleapis.com/download.tensorflow.org/data/mini_speech_commands.zip, found none");
        }
        SoundDemo.requireModel(definition, model, from);
        List<Clip> clips = ClipFolder.read(from, sound.audio(), console::tell);
        boolean paced = console.isTyped("--speed");
        SoundDemo demo = SoundDemo.of(sound, model, from, clips, seed, out); // may train: Ctrl-C then just ends it
        try (Stopping stopping = Stopping.onSignal();
                TemporaryFolder folder = TemporaryFolder.create("headwater-demo")) {
            demo.show(sound.audio(), page)
                    .run(folder.path(), out, paced ? speed : new Speed(1), time, stopping::isAsked);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Settings for about a minute of training, unless the network states its own number of epochs.
    private static Map<String, String> shortened(SensorNetwork network) {
        return network.training().containsKey("epochs")
                ? Map.of()
                : Map.of("epochs", String.valueOf(EPOCHS), "windowsPerEpoch", String.valueOf(WINDOWS_PER_EPOCH));
    }

    private Artefact train(Feed feed, SensorNetwork definition, PrintWriter out) {
        TrainingSettings settings =
                TrainingSettings.DEFAULT.of(definition).withSeed(seed).with(shortened(definition));
        String source = from == null ? "simulated city" : String.valueOf(from.getFileName());
        TrainingResult result;
        try (TrainingBars bars = new TrainingBars()) {
            result = Trainer.train(
                    feed.history(),
                    settings,
                    new ProvenanceInput(source, "", Revision.current()),
                    bars.forecaster(definition, ""));
        }
        out.printf(
                "trained %s in %.0f s; on the last part of the history:%n",
                result.model().manifest().name(), result.seconds());
        ModelMetrics metrics = result.model().metrics();
        ReadingsTables.errors(out, definition, result.model().manifest().name(), metrics.test(), metrics.baselines());
        out.println();
        return Artefact.of(ModelFile.write(result.model()), "the model of the demo");
    }
}
