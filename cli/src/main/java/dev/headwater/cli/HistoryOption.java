package dev.headwater.cli;

import dev.headwater.bus.TopicHistory;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.IntervalCheck;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.reader.Dataset;
import dev.headwater.ingest.reader.DatasetReader;
import dev.headwater.ingest.simulator.CitySimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which history a model is trained on.
final class HistoryOption {

    private static final String TOPIC = "topic";
    private static final String SIMULATOR = "simulator";
    private static final int SIMULATED_DAYS = 14;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "FILE|FOLDER|topic|simulator",
            description = "History: .h5, .csv[.gz], .npz; a folder of words for a network of sound; topic: all"
                    + " readings on the readings topic; simulator: the last 14 days of the city that"
                    + " `ingest` simulates by default.")
    private String from = "";

    /// A history and where it came from.
    ///
    /// @param source      file name
    /// @param fingerprint SHA-256 of the content; empty when the source is not a file
    record History(Series series, String source, String fingerprint) {
        /// This history with only the sensors that were asked for.
        History with(SensorsOption sensors) {
            return new History(sensors.of(series), source, fingerprint);
        }
    }

    /// The folder of a network of sound.
    Path folder() {
        return Path.of(from);
    }

    boolean isTopic() {
        return from.equals(TOPIC);
    }

    /// All of the history.
    ///
    /// @param notices receives remarks on the file
    History load(SensorNetwork definition, KafkaOptions kafka, Consumer<String> notices) {
        return load(definition, kafka, null, Long.MAX_VALUE, notices);
    }

    /// @param span    of the readings topic, the time up to the newest reading that is loaded; null for all
    /// @param through of the readings topic, the last slot that is loaded; `Long.MAX_VALUE` for the newest
    /// @param notices receives remarks on the file
    History load(
            SensorNetwork definition,
            KafkaOptions kafka,
            @Nullable Duration span,
            long through,
            Consumer<String> notices) {
        if (isTopic()) {
            Series series = TopicHistory.read(kafka.client(), definition, span, through);
            IntervalCheck.requireEverySlot(series);
            return new History(series, "readings topic", "");
        }
        if (from.equals(SIMULATOR)) {
            return new History(simulated(definition), "simulated city, seed " + IngestCommand.DEFAULT_SEED, "");
        }
        Path file = Path.of(from);
        Dataset dataset = DatasetReader.read(file, definition);
        dataset.remarks().forEach(notices);
        return new History(dataset.series(), String.valueOf(file.getFileName()), dataset.fingerprint());
    }

    private static Series simulated(SensorNetwork definition) {
        int slots = SIMULATED_DAYS * definition.clock().slotsPerDay();
        long now = definition.clock().slotOf(System.currentTimeMillis());
        return new CitySimulator(definition, IngestCommand.DEFAULT_SENSORS, IngestCommand.DEFAULT_SEED)
                .history(now - slots, slots);
    }
}
