package dev.headwater.ingest.reader;

import dev.headwater.forecasting.InvalidInputException;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The HDF5 files that `DataFrame.to_hdf(format="fixed")` of pandas writes, such as `pems-bay.h5` and `metr-la.h5`: one
/// group, whatever its key, with `axis0` (the columns: sensor ids), `axis1` (the index: time stamps) and
/// `block0_values` (T x N). Layout: pandas/io/pytables.py, `BlockManagerFixed`.
final class PandasFile {

    /// Deflate cannot shrink a file further than about 1 : 1030, so a block that claims more is a damaged header.
    private static final long MAX_EXPANSION = 1100;

    private final Source source;
    private final Path file;

    private PandasFile(Source source) {
        this.source = source;
        this.file = source.file;
    }

    static dev.headwater.ingest.reader.Dataset read(Source source) {
        return new PandasFile(source).read();
    }

    private dev.headwater.ingest.reader.Dataset read() {
        source.requireOneMeasure("a pandas HDF5 file");
        long rows;
        try (HdfFile hdf = new HdfFile(file)) {
            requireWhole(hdf);
            rows = read(frame(hdf));
        } catch (InvalidInputException e) {
            throw e;
        } catch (RuntimeException | VirtualMachineError e) {
            // A damaged file can make the HDF5 reader fail in any way: bad casts, huge arrays, endless
            // recursion.
            throw Faults.in(file, "not readable as HDF5, " + Faults.DAMAGED, e);
        }
        return source.finish(List.of(file), rows);
    }

    /// Checks the file's stated length, which the HDF5 reader ignores.
    private void requireWhole(HdfFile hdf) {
        long stated = hdf.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
        if (hdf.size() < stated) {
            throw Faults.in(file, Faults.DAMAGED + ": has " + hdf.size() + " of " + stated + " bytes");
        }
    }

    private Group frame(HdfFile hdf) {
        List<Group> frames = hdf.getChildren().values().stream()
                .filter(node -> node instanceof Group group && group.getChild("axis0") != null)
                .map(Group.class::cast)
                .toList();
        if (frames.size() != 1) {
            throw Faults.in(
                    file,
                    "must hold one pandas table (a group with axis0, axis1 and block0_values), found " + frames.size()
                            + " among " + hdf.getChildren().keySet());
        }
        return frames.getFirst();
    }

    private long read(Group frame) {
        Node items = frame.getChild("block0_items"); // the block's own column order, where the file states it
        String[] sensors = sensors(flat(items instanceof Dataset own ? own : dataset(frame, "axis0")));
        Dataset index = dataset(frame, "axis1");
        long[] millis = millis(index, flat(index));
        Dataset block = dataset(frame, "block0_values");
        int[] shape = block.getDimensions();
        if (shape.length != 2 || shape[0] != millis.length || shape[1] != sensors.length) {
            throw Faults.in(
                    file,
                    "block0_values must have the shape of axis1 x axis0, " + millis.length + " x " + sensors.length
                            + ", found " + Arrays.toString(shape));
        }
        if (millis.length > 0) {
            fill(sensors, millis, flat(block));
        }
        return millis.length;
    }

    private Dataset dataset(Group frame, String name) {
        if (frame.getChild(name) instanceof Dataset dataset) {
            return dataset;
        }
        throw Faults.in(
                file,
                "group " + frame.getName() + " must hold " + name + ", found "
                        + frame.getChildren().keySet());
    }

    /// The values as one flat array of primitives or strings.
    private Object flat(Dataset dataset) {
        long claimed = dataset.getSizeInBytes();
        try {
            if (claimed < 0 || claimed / MAX_EXPANSION > Files.size(file)) {
                throw Faults.in(file, dataset.getName() + " claims " + claimed + " bytes, more than the file can hold");
            }
        } catch (IOException e) {
            throw InvalidInputException.unreadable(Faults.name(file), file, e);
        }
        return dataset.getDataFlat();
    }

    private String[] sensors(Object axis) {
        String[] sensors = switch (axis) {
            case long[] ids -> Arrays.stream(ids).mapToObj(Long::toString).toArray(String[]::new);
            case int[] ids -> Arrays.stream(ids).mapToObj(Integer::toString).toArray(String[]::new);
            case String[] ids -> Arrays.stream(ids).map(String::strip).toArray(String[]::new);
            default -> throw Faults.in(file, "axis0 must hold integers or strings, found " + kind(axis));
        };
        if (sensors.length == 0) {
            throw Faults.in(file, "no sensors: axis0 is empty");
        }
        Set<String> seen = new HashSet<>();
        for (String sensor : sensors) {
            if (sensor.isEmpty() || !seen.add(sensor)) {
                throw Faults.in(file, "axis0 must name every sensor once, found " + Faults.quote(sensor));
            }
        }
        return sensors;
    }

    private long[] millis(Dataset index, Object axis) {
        if (!(axis instanceof long[] stamps)) {
            throw Faults.in(file, "axis1 must hold time stamps (int64), found " + kind(axis));
        }
        long perMilli = ticksPerMilli(text(index.getAttribute("kind")));
        boolean stated = !text(index.getAttribute("tz")).isEmpty(); // with a zone pandas stores UTC, else local clock
        long[] millis = new long[stamps.length];
        long previous = Long.MIN_VALUE;
        for (int row = 0; row < stamps.length; row++) {
            long utc = perMilli > 0 ? Math.floorDiv(stamps[row], perMilli) : Math.multiplyExact(stamps[row], 1000L);
            if (!StampClock.isPlausible(utc)) {
                throw Faults.in(
                        file,
                        "axis1 row " + (row + 1) + " must be a time in the years " + StampClock.YEARS + ", found "
                                + (stamps[row] == Long.MIN_VALUE ? "none (NaT)" : Instant.ofEpochMilli(utc)));
            }
            long time = stated ? utc : source.stamps.millis(local(utc), previous);
            source.spacing.add(previous, time);
            previous = time;
            millis[row] = previous;
        }
        return millis;
    }

    private static LocalDateTime local(long millis) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * 1_000_000, ZoneOffset.UTC);
    }

    /// Nanoseconds unless the index says otherwise; 0 stands for whole seconds.
    private long ticksPerMilli(String kind) {
        return switch (kind) {
            case "", "datetime64", "datetime64[ns]" -> 1_000_000L;
            case "datetime64[us]" -> 1_000L;
            case "datetime64[ms]" -> 1L;
            case "datetime64[s]" -> 0L;
            default -> throw Faults.in(file, "axis1 must hold time stamps (datetime64), found " + Faults.quote(kind));
        };
    }

    private static String text(@Nullable Attribute attribute) {
        return attribute != null && attribute.getData() instanceof String text ? text : "";
    }

    private void fill(String[] sensors, long[] millis, Object values) {
        // In time order, and in file order for equal times: a table sorted backwards would grow the series row
        // by row at its front.
        int[] order = IntStream.range(0, millis.length)
                .boxed()
                .sorted(Comparator.comparingLong(row -> millis[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        float[] value = new float[1];
        for (int row : order) {
            long slot = source.slot(millis[row], sensors.length);
            for (int s = 0; s < sensors.length; s++) {
                value[0] = cell(values, row * sensors.length + s);
                source.builder.add(sensors[s], slot, value);
            }
        }
    }

    private float cell(Object values, int at) {
        return switch (values) {
            case double[] cells -> (float) cells[at];
            case float[] cells -> cells[at];
            case long[] cells -> cells[at];
            case int[] cells -> cells[at];
            default -> throw Faults.in(file, "block0_values must hold numbers, found " + kind(values));
        };
    }

    private static String kind(Object array) {
        return array.getClass().getSimpleName();
    }
}
