package dev.headwater.forecasting.reading;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// History as a matrix: every sensor's values on every slot of a span, NaN where nothing was reported.
public final class Series {

    private final SensorNetwork network;
    private final List<String> sensors;
    private final long firstSlot;
    private final int slots;
    private final float[][] values; // [sensor][slot * measures + measure]

    private Series(SensorNetwork network, List<String> sensors, long firstSlot, int slots, float[][] values) {
        this.network = network;
        this.sensors = sensors;
        this.firstSlot = firstSlot;
        this.slots = slots;
        this.values = values;
    }

    public SensorNetwork network() {
        return network;
    }

    /// Sensor ids, in the order of the source.
    public List<String> sensors() {
        return sensors;
    }

    /// The slot of row 0.
    public long firstSlot() {
        return firstSlot;
    }

    /// Number of rows.
    public int slots() {
        return slots;
    }

    /// The value of the target at a row, NaN when missing.
    public float target(int sensor, int row) {
        return value(sensor, row, network.targetIndex());
    }

    /// The value of a measure at a row, NaN when missing.
    public float value(int sensor, int row, int measure) {
        return values[sensor][row * network.measures().size() + measure];
    }

    /// Copies rows `[firstRow, firstRow + count)` of a sensor, all measures, into `out` from `offset` on.
    public void copy(int sensor, int firstRow, int count, float[] out, int offset) {
        int measures = network.measures().size();
        System.arraycopy(values[sensor], firstRow * measures, out, offset, count * measures);
    }

    /// Copies `count` rows from `firstRow` on, `stride` rows apart, all measures, into `out` from `offset` on.
    public void sample(int sensor, int firstRow, int count, int stride, float[] out, int offset) {
        if (stride == 1) {
            copy(sensor, firstRow, count, out, offset);
            return;
        }
        int measures = network.measures().size();
        for (int i = 0; i < count; i++) {
            System.arraycopy(values[sensor], (firstRow + i * stride) * measures, out, offset + i * measures, measures);
        }
    }

    /// Whether the sensor reports at least one value at that row.
    public boolean observed(int sensor, int row) {
        int measures = network.measures().size();
        for (int m = 0; m < measures; m++) {
            if (!Float.isNaN(values[sensor][row * measures + m])) {
                return true;
            }
        }
        return false;
    }

    /// The same readings with another definition of their network: other windows, features or split shares.
    /// Shares its values with this series.
    ///
    /// @throws IllegalArgumentException when interval, zone or measures differ, because slots or values would
    ///     then have another meaning
    public Series under(SensorNetwork other) {
        if (!network.interval().equals(other.interval())
                || !network.zone().equals(other.zone())
                || !network.measures().equals(other.measures())) {
            throw new IllegalArgumentException("network " + other.name() + ": interval, zone and measures must be those"
                    + " that the readings were read by");
        }
        return new Series(other, sensors, firstSlot, slots, values);
    }

    /// The first `rows` rows only. Shares nothing with this series.
    public Series head(int rows) {
        int kept = Math.min(rows, slots);
        float[][] cut = new float[values.length][];
        for (int s = 0; s < cut.length; s++) {
            cut[s] = Arrays.copyOf(values[s], kept * network.measures().size());
        }
        return new Series(network, sensors, firstSlot, kept, cut);
    }

    /// The rows from `firstRow` on. Shares nothing with this series.
    public Series tail(int firstRow) {
        int measures = network.measures().size();
        float[][] cut = new float[values.length][];
        for (int s = 0; s < cut.length; s++) {
            cut[s] = Arrays.copyOfRange(values[s], firstRow * measures, values[s].length);
        }
        return new Series(network, sensors, firstSlot + firstRow, slots - firstRow, cut);
    }

    /// Some of the sensors, in their order, over the same span. Shares their values with this series.
    ///
    /// @throws InvalidInputException when no sensor is left
    public Series only(Predicate<String> sensor) {
        int[] kept = IntStream.range(0, sensors.size())
                .filter(s -> sensor.test(sensors.get(s)))
                .toArray();
        if (kept.length == 0) {
            throw new InvalidInputException("network " + network.name() + ": none of the " + sensors.size()
                    + " sensors is left; the first one is " + sensors.getFirst());
        }
        List<String> ids = IntStream.of(kept).mapToObj(sensors::get).toList();
        float[][] columns = IntStream.of(kept).mapToObj(s -> values[s]).toArray(float[][]::new);
        return new Series(network, ids, firstSlot, slots, columns);
    }

    /// Collects readings in any order; the last one of a slot wins, as in the stream.
    public static final class Builder {

        private final SensorNetwork network;
        private final Map<String, Column> columns = new LinkedHashMap<>();
        private long duplicates;
        private long conflicts;
        private String firstConflict = "";
        private long infinite;

        public Builder(SensorNetwork network) {
            this.network = network;
        }

        /// Adds one reading; the source's sentinels become NaN.
        ///
        /// @param slot   the slot of the reading
        /// @param values one per measure; copied
        public void add(String sensor, long slot, float[] values) {
            Column column = columns.computeIfAbsent(sensor, id -> new Column(slot));
            for (float value : values) {
                infinite += Float.isInfinite(value) ? 1 : 0;
            }
            switch (column.put(network, slot, values)) {
                case NEW -> {}
                case SAME -> duplicates++;
                case OTHER -> {
                    duplicates++;
                    if (conflicts++ == 0) {
                        firstConflict = "sensor " + sensor + " at "
                                + network.clock()
                                        .start(slot)
                                        .atZone(network.zone())
                                        .toOffsetDateTime();
                    }
                }
            }
        }

        /// Number of duplicates whose value differed.
        public long conflicts() {
            return conflicts;
        }

        /// Sensor and time of the first conflict; empty for none.
        public String firstConflict() {
            return firstConflict;
        }

        /// Number of infinite values, which count as missing.
        public long infinite() {
            return infinite;
        }

        /// Number of readings that replaced an earlier one of the same sensor and slot.
        public long duplicates() {
            return duplicates;
        }

        /// Builds the series over the span from the first to the last slot of any sensor.
        ///
        /// @throws InvalidInputException when there are no readings, or they span too many slots
        public Series build() {
            if (columns.isEmpty()) {
                throw new InvalidInputException("network " + network.name() + ": no readings at all in the source");
            }
            long first = columns.values().stream().mapToLong(c -> c.first).min().orElseThrow();
            long end = columns.values().stream().mapToLong(c -> c.end).max().orElseThrow();
            int rows = Column.rows(first, end, network.measures().size());
            float[][] values = new float[columns.size()][];
            int s = 0;
            for (Column column : columns.values()) {
                values[s++] = column.spread(first, rows, network.measures().size());
            }
            return new Series(network, List.copyOf(new ArrayList<>(columns.keySet())), first, rows, values);
        }
    }

    /// What a slot contained before a reading.
    private enum Found {
        NEW,
        SAME,
        OTHER
    }

    /// One sensor's values while they are collected: slots `[first, end)`, with spare room before and after.
    private static final class Column {

        private static final int MAX_VALUES = 1 << 27;

        private long first;
        private long end;
        private long origin; // the slot of data row 0, first or older
        private float[] data = new float[0]; // [row * measures + measure]

        Column(long first) {
            this.first = first;
            this.end = first;
            this.origin = first;
        }

        Found put(SensorNetwork network, long slot, float[] values) {
            int measures = network.measures().size();
            reach(slot, measures);
            int at = (int) (slot - origin) * measures;
            boolean filled = false;
            boolean same = true;
            for (int m = 0; m < measures; m++) {
                float value = network.measures().get(m).clean(values[m]);
                filled |= !Float.isNaN(data[at + m]);
                same &= Float.compare(data[at + m], value) == 0;
                data[at + m] = value;
            }
            return !filled ? Found.NEW : same ? Found.SAME : Found.OTHER;
        }

        private void reach(long slot, int measures) {
            long newFirst = Math.min(first, slot);
            long newEnd = Math.max(end, slot + 1);
            int newRows = rows(newFirst, newEnd, measures);
            if (newFirst < origin) {
                grow(newFirst - Math.min(newRows, end - first), newEnd, measures);
            } else if ((newEnd - origin) * measures > data.length) {
                grow(newFirst, newEnd + Math.min(newRows, end - first), measures);
            }
            first = newFirst;
            end = newEnd;
        }

        /// Reallocates for the slots `[from, to)`.
        private void grow(long from, long to, int measures) {
            float[] grown = new float[(int) (to - from) * measures];
            Arrays.fill(grown, Float.NaN);
            System.arraycopy(
                    data,
                    (int) (first - origin) * measures,
                    grown,
                    (int) (first - from) * measures,
                    (int) (end - first) * measures);
            data = grown;
            origin = from;
        }

        /// Number of rows in a span of slots.
        static int rows(long first, long end, int measures) {
            long most = MAX_VALUES / measures;
            if (end - first > most) {
                throw new InvalidInputException("readings span " + (end - first) + " slots, at most " + most
                        + " fit: is the interval of the network right?");
            }
            return (int) (end - first);
        }

        float[] spread(long from, int count, int measures) {
            float[] out = new float[count * measures];
            Arrays.fill(out, Float.NaN);
            System.arraycopy(
                    data,
                    (int) (first - origin) * measures,
                    out,
                    (int) (first - from) * measures,
                    (int) (end - first) * measures);
            return out;
        }
    }
}
