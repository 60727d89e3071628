package dev.headwater.cli;

import dev.headwater.streams.StatePolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What the stream remembers, and where.
final class StateOptions {

    @Option(
            names = "--store",
            defaultValue = "memory",
            paramLabel = "PLACE",
            converter = WordConverter.OfPlace.class,
            description = "memory, or rocksdb: then a copy also lies in the data folder, and a restart after an orderly"
                    + " stop reads that instead of the changelog on the broker; default: ${DEFAULT-VALUE}.")
    private StatePolicy.Place place = StatePolicy.Place.MEMORY;

    @Option(
            names = "--state-memory",
            paramLabel = "SIZE",
            converter = BytesConverter.class,
            description = "Memory that the states of sensors may take, such as 512m; new sensors are refused beyond"
                    + " it. Default: half of the heap.")
    private @Nullable Long memory;

    @Option(
            names = "--forget-after",
            defaultValue = "720h",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "A sensor is forgotten when its newest reading is this far behind the others; default:"
                    + " ${DEFAULT-VALUE}. Sources of sound are forgotten after a minute.")
    private Duration forgetAfter = StatePolicy.DEFAULT_FORGET_AFTER;

    @Option(
            names = "--no-scoring",
            description = "Do not compare forecasts with the truths that come later: no live accuracy, no adapting"
                    + " intervals, less memory.")
    private boolean noScoring;

    StatePolicy policy() {
        long most = memory == null ? StatePolicy.DEFAULT.maxBytes() : memory;
        return new StatePolicy(place, most, forgetAfter, !noScoring);
    }
}
