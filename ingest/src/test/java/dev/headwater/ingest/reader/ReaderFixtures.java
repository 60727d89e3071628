package dev.headwater.ingest.reader;

import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.Sensor;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes small files of every format.
final class ReaderFixtures {

    private ReaderFixtures() {}

    static SensorNetwork network(String zone, Sensor... sensors) {
        return network(zone, List.of(new Measure("speed", "mph", 0f)), sensors);
    }

    static SensorNetwork network(String zone, List<Measure> measures, Sensor... sensors) {
        return new NetworkBuilder("test")
                .interval(Duration.ofMinutes(5))
                .zone(ZoneId.of(zone))
                .measures(measures)
                .sensors(List.of(sensors))
                .build();
    }

    static Path text(Path file, String... lines) {
        return bytes(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static Path gzip(Path file, String... lines) {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path bytes(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Nanoseconds as pandas stores a local time stamp.
    static long nanos(String local) {
        return LocalDateTime.parse(local).toEpochSecond(ZoneOffset.UTC) * 1_000_000_000L;
    }

    /// A pandas table; `values` is `[row][sensor]`.
    static Path h5(Path file, Object sensors, long[] nanos, Object values) {
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            WritableGroup group = hdf.putGroup("speed");
            group.putDataset("axis0", sensors);
            group.putDataset("axis1", nanos).putAttribute("kind", "datetime64");
            group.putDataset("block0_values", values);
        }
        return file;
    }

    /// An `.npz` of the arrays x and y; `data` in C order.
    static Path npz(Path file, String type, int[] xShape, double[] x, int[] yShape, double[] y) {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            npy(zip, "x.npy", type, xShape, x);
            npy(zip, "y.npy", type, yShape, y);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void npy(ZipOutputStream zip, String name, String type, int[] shape, double[] data)
            throws IOException {
        String dict = "{'descr': '" + type + "', 'fortran_order': False, 'shape': "
                + Arrays.toString(shape).replace('[', '(').replace("]", ",)") + ", }";
        int padded = (10 + dict.length() + 1 + 63) / 64 * 64 - 10; // NEP 1: the data begins on a multiple of 64
        String header = dict + " ".repeat(padded - dict.length() - 1) + "\n";
        int width = type.equals("<f4") ? 4 : 8;
        ByteBuffer out = ByteBuffer.allocate(10 + padded + data.length * width).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) padded);
        out.put(header.getBytes(StandardCharsets.ISO_8859_1));
        for (double value : data) {
            if (width == 4) {
                out.putFloat((float) value);
            } else {
                out.putDouble(value);
            }
        }
        zip.putNextEntry(new ZipEntry(name));
        zip.write(out.array());
        zip.closeEntry();
    }

    /// All targets of a series, `[sensor][row]`.
    static float[][] matrix(Series series) {
        float[][] values = new float[series.sensors().size()][series.slots()];
        for (int s = 0; s < values.length; s++) {
            series.copy(s, 0, series.slots(), values[s], 0);
        }
        return values;
    }
}
