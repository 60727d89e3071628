package dev.headwater.ingest.reader;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.Sensor;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.reading.IntervalCheck;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.Spacing;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// The state of reading one file, shared by all formats.
final class Source {

    private static final double MAX_OF_MEMORY = 0.4;

    final Path file;
    final SensorNetwork network;
    final SlotClock clock;
    final StampClock stamps;
    final Series.Builder builder;
    final Spacing spacing = new Spacing();
    final List<String> remarks = new ArrayList<>();

    private long firstSlot = Long.MAX_VALUE;
    private long lastSlot = Long.MIN_VALUE;

    Source(Path file, SensorNetwork network, ReadOptions options) {
        this.file = file;
        this.network = network;
        this.clock = network.clock();
        this.stamps = new StampClock(stampZone(network, options));
        this.builder = new Series.Builder(network);
    }

    private static ZoneId stampZone(SensorNetwork network, ReadOptions options) {
        ZoneId usual = network.stampZone() == null ? network.zone() : network.stampZone();
        return options.stampZone() == null ? usual : options.stampZone();
    }

    /// Refuses networks with several measures, for formats that hold one value per sensor and time.
    void requireOneMeasure(String format) {
        if (network.measures().size() > 1) {
            throw Faults.in(
                    file,
                    format + " holds one measure per sensor, network " + network.name() + " has "
                            + network.measures().size() + ": use CSV with the columns time, sensor and every measure");
        }
    }

    /// The sensor id for a file of a single station: the network's only sensor, or the network's name when it
    /// lists none.
    ///
    /// @throws InvalidInputException when the network lists several
    String stationId() {
        List<Sensor> sensors = network.sensors();
        if (sensors.size() > 1) {
            throw Faults.in(
                    file,
                    "CSV with one column per measure is about one sensor, network " + network.name() + " lists "
                            + sensors.size() + ": use CSV with the columns time, sensor and every measure");
        }
        return sensors.isEmpty() ? network.name() : sensors.getFirst().id();
    }

    /// The slot of an instant. Throws when the history including it would not fit into memory: one mistyped
    /// year can ask for a century of slots per sensor.
    ///
    /// @param sensors sensors seen so far
    long slot(long millis, int sensors) {
        long slot = clock.slotOf(millis);
        firstSlot = Math.min(firstSlot, slot);
        lastSlot = Math.max(lastSlot, slot);
        double bytes =
                (lastSlot - firstSlot + 1.0) * sensors * network.measures().size() * Float.BYTES;
        if (bytes > Runtime.getRuntime().maxMemory() * MAX_OF_MEMORY) {
            throw Faults.in(
                    file,
                    "time stamps from " + clock.start(firstSlot) + " to " + clock.start(lastSlot) + " every "
                            + network.interval() + " for " + sensors + " sensors are more than memory holds: is one of"
                            + " them wrong, or the interval of network " + network.name() + "?");
        }
        return slot;
    }

    Dataset finish(List<Path> files, long rows) {
        if (rows == 0) {
            throw Faults.in(file, "no rows of data");
        }
        Series series = builder.build();
        remarks.addAll(stamps.remarks());
        if (builder.conflicts() > 0) {
            remarks.add("readings that came again for the same sensor and slot with another value: "
                    + builder.conflicts() + ", the first for " + builder.firstConflict() + "; the last of each counts");
        }
        if (builder.infinite() > 0) {
            remarks.add("values that do not fit a float32 and count as missing: " + builder.infinite());
        }
        Hole.of(series).ifPresent(hole -> remarks.add(hole.remark(network)));
        try {
            IntervalCheck.requireSpacing(network, spacing);
            IntervalCheck.requireOneASlot(series, builder.duplicates());
            IntervalCheck.requireEverySlot(series);
        } catch (InvalidInputException e) {
            throw Faults.in(file, String.valueOf(e.getMessage()));
        }
        return new Dataset(series, Fingerprint.of(files), rows, builder.duplicates(), remarks);
    }
}
