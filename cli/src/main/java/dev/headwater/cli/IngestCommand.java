package dev.headwater.cli;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.reader.Dataset;
import dev.headwater.ingest.reader.DatasetReader;
import dev.headwater.ingest.replay.CitySource;
import dev.headwater.ingest.replay.FrameSource;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.ReplayReport;
import dev.headwater.ingest.replay.Replayer;
import dev.headwater.ingest.replay.SeriesSource;
import dev.headwater.ingest.replay.SlotSource;
import dev.headwater.ingest.replay.SoundInput;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.ingest.simulator.CitySimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Produces readings to the network's topic.
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Send the readings of a file, or of a simulated city from now on, to the network's topic.",
        footer = {
            "",
            "Examples:",
            "  headwater ingest --network pems-bay --from pems-bay.h5 --speed 300x",
            "  headwater ingest --network pems-bay --from pems-bay.h5 --speed max --start 2017-06-01 --end 2017-06-08",
            "  headwater ingest --network simulated-city --history 2h --speed 1x",
            "  headwater ingest --network speech --from mini_speech_commands --speed max --parallel 8",
            "  headwater ingest --network speech --from recording.wav",
            "  headwater ingest --network speech --from microphone --source kitchen",
            "  arecord -t raw -f S16_LE -r 16000 -c 1 | headwater ingest --network speech --from - --source kitchen"
        })
final class IngestCommand implements Runnable {

    static final int DEFAULT_SENSORS = 325;
    static final long DEFAULT_SEED = 42;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NetworkOption network = new NetworkOption();

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "History: .h5, .csv[.gz], .npz; default: a simulated city, without end. Of a network with"
                    + " sound: a folder with a folder of WAV files per word, a WAV file, microphone, or - for raw PCM"
                    + " of 16 bits, little-endian, one channel, on standard input.")
    private @Nullable Path from;

    @Option(
            names = "--speed",
            defaultValue = "1x",
            paramLabel = "Nx|max",
            converter = SpeedConverter.class,
            description = "Times real time, or as fast as the broker takes it; default: ${DEFAULT-VALUE}. The"
                    + " microphone and standard input are played as they come unless this is given. What runs ahead of"
                    + " the clock needs serve --max-ahead off: a simulated city faster than 1x.")
    private Speed speed = new Speed(1);

    @Option(names = "--start", paramLabel = "TIME", description = "First time, local clock of the network.")
    private @Nullable String start;

    @Option(names = "--end", paramLabel = "TIME", description = "Time at which to stop, not included.")
    private @Nullable String end;

    @Option(names = "--format", defaultValue = "json", description = "json or binary; default: ${DEFAULT-VALUE}.")
    private ValueFormat format = ValueFormat.JSON;

    @Option(
            names = "--sensors",
            defaultValue = "" + DEFAULT_SENSORS,
            description = "Of the simulated city; default: ${DEFAULT-VALUE}.")
    private int sensors = DEFAULT_SENSORS;

    @Option(
            names = "--seed",
            defaultValue = "" + DEFAULT_SEED,
            description = "Of the simulated city; default: ${DEFAULT-VALUE}.")
    private long seed = DEFAULT_SEED;

    @Option(
            names = "--history",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Of the simulated city: first send so much of its past at once, e.g. 2h, so that windows "
                    + "are full from the start; default: none.")
    private Duration history = Duration.ZERO;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Of sound that is no folder: the source's name; default: the file's, stdin or microphone.")
    private @Nullable String sourceName;

    @Option(
            names = "--parallel",
            defaultValue = "1",
            paramLabel = "N",
            description = "Of a folder of words: clips played side by side; default: ${DEFAULT-VALUE}, one after the"
                    + " other.")
    private int parallel = 1;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Override
    public void run() {
        SensorNetwork definition = network.load();
        AudioSpec audio = definition.audio();
        if (audio != null) {
            playSound(definition, audio);
            return;
        }
        if (from != null && !history.isZero()) {
            throw new ParameterException(spec.commandLine(), "--history: a file has its own, use --start and --end");
        }
        ReplayOptions options = between(definition).withFormat(format);
        long now = definition.clock().slotOf(System.currentTimeMillis());
        if (from == null && options.speed().factor() > 1) {
            notice("a simulated city begins now, and at " + speed
                    + " runs ahead of the clock: serve takes its readings with --max-ahead off");
        }
        SlotSource source = source(definition, now);
        ClientConfig client = kafka.client();
        TopicAdmin.ensure(client, Topics.of(definition).specs(kafka.partitions()));
        try (Stopping ignored = Stopping.interrupting()) {
            if (!history.isZero()) {
                report(new Replayer(client).replay(historyOf(definition, now), fast(options, now)));
            }
            report(new Replayer(client).replay(source, options));
            Thread.interrupted(); // Ctrl-C has done what it was for
        }
    }

    private ReplayOptions between(SensorNetwork definition) {
        try {
            return ReplayOptions.all(speed).between(start, end, definition);
        } catch (InvalidInputException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
    }

    private void playSound(SensorNetwork definition, AudioSpec audio) {
        if (from == null || start != null || end != null || !history.isZero() || parallel < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "network " + definition.name() + " has sound: --from FOLDER, FILE.wav, microphone or - must be"
                            + " given, --start, --end and --history must not, and --parallel must be at least 1");
        }
        String sound = from.toString();
        boolean asItComes =
                SoundInput.isLive(sound) && !spec.commandLine().getParseResult().hasMatchedOption("--speed");
        Speed pace = asItComes ? Speed.MAX : speed;
        SoundInput input = new SoundInput(definition, audio, this::notice);
        FrameSource source = input.open(sound, sourceName, parallel, pace);
        ClientConfig client = kafka.client();
        TopicAdmin.ensure(client, Topics.of(definition).specs(kafka.partitions()));
        try (Stopping ignored = Stopping.interrupting()) {
            report(new Replayer(client).replay(source, ReplayOptions.all(pace)));
            Thread.interrupted(); // Ctrl-C has done what it was for
        }
    }

    private void notice(String line) {
        Output.notices(spec).accept(line);
    }

    /// The same city as it was before `now`.
    private SlotSource historyOf(SensorNetwork definition, long now) {
        long slots = history.dividedBy(definition.interval());
        return new CitySource(new CitySimulator(definition, sensors, seed), now - slots);
    }

    private static ReplayOptions fast(ReplayOptions options, long now) {
        return new ReplayOptions(Speed.MAX, Long.MIN_VALUE, now, options.format(), options.progress());
    }

    private SlotSource source(SensorNetwork definition, long now) {
        if (from == null) {
            return new CitySource(new CitySimulator(definition, sensors, seed), now);
        }
        Dataset dataset = DatasetReader.read(from, definition);
        dataset.remarks().forEach(this::notice);
        return new SeriesSource(dataset.series());
    }

    private void report(ReplayReport report) {
        if (json) {
            Output.json(spec, report);
            return;
        }
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%s (%d missing) of %s sent to %s in %.1f s, %.0f a second%n",
                        Words.count(report.readings(), "reading"),
                        report.missing(),
                        Words.count(report.slots(), "slot"),
                        report.topic(),
                        report.seconds(),
                        report.readingsPerSecond());
        spec.commandLine().getOut().flush();
    }
}
