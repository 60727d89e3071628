package dev.headwater.ingest.reader;

import dev.headwater.forecasting.network.Network;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.reading.Series;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// One reading of a file under way: what every format needs, and what it collects.
final class Source {

    final Path file;
    final Network network;
    final SlotClock clock;
    final StampClock stamps;
    final Series.Builder builder;
    final List<String> remarks = new ArrayList<>();

    Source(Path file, Network network, ReadOptions options) {
        this.file = file;
        this.network = network;
        this.clock = network.clock();
        ZoneId zone = options.stampZone();
        this.stamps = new StampClock(zone == null ? network.zone() : zone);
        this.builder = new Series.Builder(network);
    }

    /// Formats that hold one value per sensor and time serve networks of one measure.
    void requireOneMeasure(String format) {
        if (network.measures().size() > 1) {
            throw Faults.in(
                    file,
                    format + " holds one measure per sensor, network " + network.name() + " has "
                            + network.measures().size() + ": use CSV with the columns time, sensor and every measure");
        }
    }

    Dataset finish(List<Path> files, long rows) {
        if (rows == 0) {
            throw Faults.in(file, "no rows of data");
        }
        remarks.addAll(stamps.remarks());
        return new Dataset(builder.build(), Fingerprint.of(files), rows, builder.duplicates(), remarks);
    }
}
