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
            description = "History: .h5, .csv[.gz], .npz; default: a simulated city, without end. Of a network with"
                    + " sound: a folder with a folder of WAV files per word, a WAV file, microphone, or - for raw PCM"
                    + " of 16 bits, little-endian, one channel, on standard input.")
    @Nullable
    Path from;

    @Option(
            names = "--speed",
            defaultValue = "1x",
            paramLabel = "Nx|max",
            converter = SpeedConverter.class,
            description = "Times real time, or as fast as the broker takes it; default: ${DEFAULT-VALUE}. The"
                    + " microphone and standard input are played as they come unless this is given. What runs ahead of"
                    + " the clock needs serve --max-ahead off: a simulated city faster than 1x.")
    Speed speed = new Speed(1);

    @Option(names = "--start", paramLabel = "TIME", description = "First time, local clock of the network.")
    @Nullable
    String start;

    @Option(names = "--end", paramLabel = "TIME", description = "Time at which to stop, not included.")
    @Nullable
    String end;

    @Option(names = "--format", defaultValue = "json", description = "json or binary; default: ${DEFAULT-VALUE}.")
    ValueFormat format = ValueFormat.JSON;

    @Option(
            names = "--sensors",
            defaultValue = "" + DEFAULT_SENSORS,
            description = "Of the simulated city; default: ${DEFAULT-VALUE}.")
    int sensors = DEFAULT_SENSORS;

    @Option(
            names = "--seed",
            defaultValue = "" + DEFAULT_SEED,
            description = "Of the simulated city; default: ${DEFAULT-VALUE}.")
    long seed = DEFAULT_SEED;

    @Option(
            names = "--history",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Of the simulated city: first send so much of its past at once, e.g. 2h, so that windows "
                    + "are full from the start; default: none.")
    Duration history = Duration.ZERO;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Of sound that is no folder: the source's name; default: the file's, stdin or microphone.")
    @Nullable
    String sourceName;

    @Option(
            names = "--parallel",
            defaultValue = "1",
            paramLabel = "N",
            description = "Of a folder of words: clips played side by side; default: ${DEFAULT-VALUE}, one after the"
                    + " other.")
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
