package dev.headwater.benchmarks;

import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.reader.DatasetReader;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;

/// Replicates the sensors of a small history up to the width of a full set, to measure the cost of training on
/// it. Accuracy on replicas is not a result.
///
/// The sensors are repeated until there are enough. The first of each name stays as it is; its replicas
/// `NAME-r01`, `NAME-r02` have noise on every reading, so that no two columns are alike. Time stamps stay the
/// same: a replica shifted by weeks would put test weeks of its sensor into the training part, and holidays
/// onto other days.
public final class ReplicatedSensors {

    private static final double NOISE = 0.5; // standard deviation in mph
    private static final double GRID = 10; // readings are tenths
    private static final long SEED = 1;

    private ReplicatedSensors() {}

    /// Reads a file of a network and writes a wider one, in the layout of the public `pems-bay.h5`.
    ///
    /// @param args network, file to read, number of sensors, file to write
    /// @throws dev.headwater.forecasting.InvalidInputException when the file cannot be read
    public static void main(String[] args) {
        if (args.length != 4) {
            throw new IllegalArgumentException(
                    "must be given NETWORK FROM SENSORS TO, found " + args.length + " words");
        }
        Series series =
                DatasetReader.read(Path.of(args[1]), NetworkFile.load(args[0])).series();
        write(series, Integer.parseInt(args[2]), Path.of(args[3]));
    }

    /// @param sensors number of columns
    /// @param file    HDF5 as pandas writes a table (`DataFrame.to_hdf(format="fixed")`)
    static void write(Series series, int sensors, Path file) {
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            WritableGroup table = hdf.putGroup(series.network().target());
            table.putDataset("axis0", names(series, sensors));
            table.putDataset("axis1", stamps(series)).putAttribute("kind", "datetime64");
            table.putDataset("block0_values", values(series, sensors));
        }
    }

    private static String[] names(Series series, int sensors) {
        String[] names = new String[sensors];
        for (int s = 0; s < sensors; s++) {
            String name = series.sensors().get(s % series.sensors().size());
            int replica = s / series.sensors().size();
            names[s] = replica == 0 ? name : "%s-r%02d".formatted(name, replica);
        }
        return names;
    }

    /// Local clock in nanoseconds, as pandas keeps stamps without a zone. `[row]`.
    private static long[] stamps(Series series) {
        SlotClock clock = series.network().clock();
        ZoneId zone = series.network().zone();
        long[] stamps = new long[series.slots()];
        for (int row = 0; row < stamps.length; row++) {
            stamps[row] = clock.start(series.firstSlot() + row)
                            .atZone(zone)
                            .toLocalDateTime()
                            .toEpochSecond(ZoneOffset.UTC)
                    * 1_000_000_000L;
        }
        return stamps;
    }

    /// `[row][sensor]`, NaN = missing.
    private static double[][] values(Series series, int sensors) {
        Random random = new Random(SEED);
        int originals = series.sensors().size();
        double[][] values = new double[series.slots()][sensors];
        for (int row = 0; row < values.length; row++) {
            for (int s = 0; s < sensors; s++) {
                float value = series.target(s % originals, row);
                values[row][s] = s < originals ? value : noisy(value, random);
            }
        }
        return values;
    }

    /// Never 0, which files of PEMS-BAY write for a missing reading.
    private static double noisy(float value, Random random) {
        return Math.max(1, Math.rint((value + NOISE * random.nextGaussian()) * GRID)) / GRID;
    }
}
