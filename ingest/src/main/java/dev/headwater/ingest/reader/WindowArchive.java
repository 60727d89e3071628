package dev.headwater.ingest.reader;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// The windows of the DCRNN protocol (Li et al. 2018, `generate_training_data.py`) merged back into their
/// history: `x` of shape (windows, lookback, sensors, channels) and `y` (windows, horizon, sensors, channels),
/// channel 0 the value, channel 1 the time of day as a share of the day.
///
/// Window i + 1 is window i shifted by one row, also from one file to the next. So row i is step 0 of window i,
/// and the history ends with the last window's remaining steps and its `y`. The files state no date and no
/// sensor ids: rows count from [ReadOptions#start], ids come from the network when it has as many sensors, else
/// ids are 0, 1, 2...
final class WindowArchive {

    private static final LocalDate DEFAULT_START = LocalDate.of(2017, 1, 1);
    private static final long DAY_SECONDS = 86_400;

    private final Source source;
    private final @Nullable LocalDateTime start;
    private final float[] value = new float[1];

    private int[] frame = {}; // lookback, sensors, channels: the same in every file
    private String[] sensors = {};
    private long firstSlot;
    private long rows;
    private long offClock; // rows whose time of day differs from the network's clock
    private float[] window = {}; // [lookback][sensor][channel], the newest one read

    private WindowArchive(Source source, @Nullable LocalDateTime start) {
        this.source = source;
        this.start = start;
    }

    static Dataset read(Source source, List<Path> files, ReadOptions options) {
        return new WindowArchive(source, options.start()).read(files);
    }

    private Dataset read(List<Path> files) {
        source.requireOneMeasure("a .npz file of windows");
        for (Path file : files) {
            try (ZipFile zip = new ZipFile(file.toFile())) {
                readWindows(file, zip);
                if (file.equals(files.getLast())) {
                    readEnd(file, zip);
                }
            } catch (IOException | IllegalArgumentException e) {
                throw Faults.in(file, "not readable as .npz", e);
            }
        }
        if (offClock > 0) {
            source.remarks.add(offClock + " of " + rows + " rows state another time of day than the clock of "
                    + source.network.zone() + " shows: state the start of the data");
        }
        return source.finish(files, rows);
    }

    private void readWindows(Path file, ZipFile zip) throws IOException {
        try (NpyStream x = new NpyStream(zip, "x")) {
            int[] shape = requireShape(file, "x", x.shape());
            float[] next = new float[window.length];
            for (int i = 0; i < shape[0]; i++) {
                x.read(next);
                if (rows == 0) {
                    firstSlot = firstSlot(file, next);
                } else {
                    requireOverlap(file, i, next);
                }
                float[] previous = window;
                window = next;
                next = previous;
                addRow(window, 0);
            }
            x.finish();
        }
    }

    /// Adds the rows at which no window begins: the rest of the last window, and its `y`.
    private void readEnd(Path file, ZipFile zip) throws IOException {
        if (rows == 0) {
            return;
        }
        for (int step = 1; step < frame[0]; step++) {
            addRow(window, step);
        }
        try (NpyStream y = new NpyStream(zip, "y")) {
            int[] shape = y.shape();
            if (shape.length != 4 || shape[0] < 1 || shape[2] != frame[1] || shape[3] != frame[2]) {
                throw Faults.in(
                        file,
                        "array y must have the shape (windows, steps, " + frame[1] + ", " + frame[2] + "), found "
                                + Arrays.toString(shape));
            }
            float[] last = new float[Math.multiplyExact(shape[1], frame[1] * frame[2])];
            y.skip((shape[0] - 1L) * last.length);
            y.read(last);
            y.finish();
            for (int step = 0; step < shape[1]; step++) {
                addRow(last, step);
            }
        }
    }

    private int[] requireShape(Path file, String array, int[] shape) {
        boolean whole = shape.length == 4 && shape[1] > 0 && shape[2] > 0 && shape[3] > 0;
        if (!whole || (long) shape[1] * shape[2] * shape[3] > Integer.MAX_VALUE / Double.BYTES) {
            throw Faults.in(
                    file,
                    "array " + array + " must have the shape (windows, steps, sensors, channels), found "
                            + Arrays.toString(shape));
        }
        int[] found = {shape[1], shape[2], shape[3]};
        if (frame.length == 0) {
            frame = found;
            window = new float[shape[1] * shape[2] * shape[3]];
            sensors = sensorIds(shape[2]);
        } else if (!Arrays.equals(frame, found)) {
            throw Faults.in(
                    file,
                    "array " + array + " must have the steps, sensors and channels of the file before, "
                            + Arrays.toString(frame) + ", found " + Arrays.toString(found));
        }
        return shape;
    }

    private String[] sensorIds(int count) {
        if (source.network.sensors().size() == count) {
            return source.network.sensors().stream().map(sensor -> sensor.id()).toArray(String[]::new);
        }
        source.remarks.add("the file names no sensors: they are called 0 to " + (count - 1));
        return IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
    }

    private void requireOverlap(Path file, int index, float[] next) {
        int row = frame[1] * frame[2];
        int differs = Arrays.mismatch(window, row, window.length, next, 0, next.length - row);
        if (differs >= 0) {
            throw Faults.in(
                    file,
                    "windows must follow each other row by row, window " + index + " step " + differs / row
                            + " differs from step " + (differs / row + 1) + " of the window before: shuffled?");
        }
    }

    private long firstSlot(Path file, float[] first) {
        Float stated = timeOfDay(first, 0);
        LocalDateTime time;
        if (start != null) {
            time = start;
        } else {
            long second = stated == null ? 0 : Math.round(stated * DAY_SECONDS);
            time = DEFAULT_START.atStartOfDay().plus(second, ChronoUnit.SECONDS);
        }
        long slot = source.clock.slotOf(source.stamps.millis(time, Long.MIN_VALUE));
        if (start != null && stated != null && offBySlots(stated, slot) > 0.5) {
            throw Faults.in(
                    file,
                    "the start " + start + " must have the time of day of the first window, "
                            + DEFAULT_START
                                    .atStartOfDay()
                                    .plusSeconds(Math.round(stated * DAY_SECONDS))
                                    .toLocalTime());
        }
        return slot;
    }

    /// Channel 1 of a step, null when there is none or it holds something else.
    private @Nullable Float timeOfDay(float[] steps, int step) {
        if (frame[2] < 2) {
            return null;
        }
        float share = steps[step * frame[1] * frame[2] + 1];
        return share >= 0 && share < 1 ? share : null;
    }

    private double offBySlots(float share, long slot) {
        double perDay = source.clock.slotsPerDay();
        double off = Math.abs(share * perDay - source.clock.timeOfDay(slot));
        return Math.min(off, perDay - off);
    }

    private void addRow(float[] steps, int step) {
        long slot = firstSlot + rows++;
        Float share = timeOfDay(steps, step);
        if (share != null && offBySlots(share, slot) > 0.5) {
            offClock++;
        }
        int at = step * frame[1] * frame[2];
        for (int s = 0; s < sensors.length; s++) {
            value[0] = steps[at + s * frame[2]];
            source.builder.add(sensors[s], slot, value);
        }
    }
}
