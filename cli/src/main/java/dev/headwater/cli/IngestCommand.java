package dev.headwater.cli;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.ReplayReport;
import dev.headwater.ingest.replay.Replayer;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.ingest.terminal.Stopping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Mixin
    private NetworkOption network = new NetworkOption();

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "History: .h5, .csv[.gz], .npz; default: a simulated city without end. For a network"
                    + " with sound: a folder with a folder of WAV files per word, a WAV file, microphone,"
                    + " or - for raw PCM on standard input (16 bits, little-endian, one channel).")
    @Nullable
    Path from;

    @Option(
            names = "--speed",
            defaultValue = "1x",
            paramLabel = "Nx|max",
            converter = SpeedConverter.class,
            description = "Multiple of real time, or max: as fast as the broker accepts; default:"
                    + " ${DEFAULT-VALUE}. Sound from the microphone and standard input is sent as it"
                    + " arrives unless this option is given. A simulated city faster than 1x runs ahead of"
                    + " the clock: serve then needs --max-ahead off.")
    Speed speed = new Speed(1);

    @Option(names = "--start", paramLabel = "TIME", description = "First time to send, in the network's time zone.")
    @Nullable
    String start;

    @Option(names = "--end", paramLabel = "TIME", description = "Time to stop at, exclusive.")
    @Nullable
    String end;

    @Option(names = "--format", defaultValue = "json", description = "json or binary; default: ${DEFAULT-VALUE}.")
    ValueFormat format = ValueFormat.JSON;

    @Option(
            names = "--sensors",
            defaultValue = "" + DEFAULT_SENSORS,
            description = "Sensors of the simulated city; default: ${DEFAULT-VALUE}.")
    int sensors = DEFAULT_SENSORS;

    @Option(
            names = "--seed",
            defaultValue = "" + DEFAULT_SEED,
            description = "Seed of the simulated city; default: ${DEFAULT-VALUE}.")
    long seed = DEFAULT_SEED;

    @Option(
            names = "--history",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "For the simulated city: first send this much of its past at once, e.g. 2h, so that"
                    + " windows are full from the start; default: none.")
    Duration history = Duration.ZERO;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "For sound from a file, the microphone or standard input: name of the source;"
                    + " default: the file's name, microphone or stdin.")
    @Nullable
    String sourceName;

    @Option(
            names = "--parallel",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "For a folder of words: number of clips played at the same time; default:" + " ${DEFAULT-VALUE}.")
    int parallel = 1;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    final Answer answer = new Answer();

    @Override
    public void run() {
        Workload.of(network.load()).ingest(this);
    }

    /// Sends readings; Ctrl-C ends it cleanly.
    void send(SensorNetwork definition, Consumer<Replayer> sending) {
        ClientConfig client = kafka.client();
        TopicAdmin.ensure(client, Topics.of(definition).specs(kafka.partitions()));
        try (Stopping ignored = Stopping.interrupting()) {
            sending.accept(new Replayer(client));
            Thread.interrupted(); // clears the flag: Ctrl-C ended the sending
        }
    }

    ReplayOptions between(SensorNetwork definition) {
        try {
            return ReplayOptions.all(speed).between(start, end, definition);
        } catch (InvalidInputException e) {
            throw answer.wrong("--" + e.getMessage());
        }
    }

    void report(ReplayReport report) {
        answer.print(
                report,
                out -> out.printf(
                        Locale.ROOT,
                        "%s (%d missing) of %s sent to %s in %.1f s, %.0f a second%n",
                        Words.count(report.readings(), "reading"),
                        report.missing(),
                        Words.count(report.slots(), "slot"),
                        report.topic(),
                        report.seconds(),
                        report.readingsPerSecond()));
    }
}
