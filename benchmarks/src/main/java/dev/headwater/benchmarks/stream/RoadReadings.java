package dev.headwater.benchmarks.stream;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.time.Instant;
import java.util.stream.IntStream;

/// Made-up speeds: a daily cycle that is different for each sensor, with noise, in steps of a tenth as
/// detectors report them. The same for all builds, states and runs.
public final class RoadReadings {

    /// Sensors that only warm up the process: enough for all partitions to have some.
    public static final int WARM_UP_SENSORS = 32;

    private static final Instant BEGIN = Instant.parse("2017-03-10T16:00:00Z"); // eight in the morning
    private static final int FIRST_ID = 400_000;
    private static final int DAY = 288;
    private static final int HISTORY = 9 * DAY + DAY / 3; // today and seven days are kept, and one more in the profile
    private static final float[] CYCLE = cycle(); // [slot of the day]

    private RoadReadings() {}

    private static float[] cycle() {
        float[] cycle = new float[DAY];
        for (int slot = 0; slot < DAY; slot++) {
            cycle[slot] = (float) (60 + 8 * Math.sin(2 * Math.PI * slot / DAY));
        }
        return cycle;
    }

    /// The slot of the first reading that is sent.
    public static long firstSlot(SensorNetwork network) {
        return network.clock().slotOf(BEGIN.toEpochMilli());
    }

    public static String sensor(int number) {
        return Integer.toString(FIRST_ID + number);
    }

    /// The number of a sensor's id.
    static int number(String sensor) {
        return Integer.parseInt(sensor) - FIRST_ID;
    }

    public static float value(int sensor, long slot) {
        long mixed = (sensor * 0x9E3779B97F4A7C15L ^ slot) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 29) * 0x94D049BB133111EBL;
        int tenths = (int) ((mixed >>> 33) % 60) - 30;
        return Math.round(10 * CYCLE[(int) ((slot + 7L * sensor) % DAY)] + tenths) / 10f;
    }

    /// The days before [#firstSlot] of the sensors `[from, to)`.
    public static Series history(SensorNetwork network, int from, int to) {
        return series(network, IntStream.range(from, to), 0);
    }

    /// The days before [#firstSlot] of some sensors, and so many slots from there on.
    public static Series series(SensorNetwork network, IntStream sensors, int slots) {
        long begin = firstSlot(network);
        Series.Builder series = new Series.Builder(network);
        sensors.forEach(sensor -> {
            for (long slot = begin - HISTORY; slot < begin + slots; slot++) {
                series.add(sensor(sensor), slot, new float[] {value(sensor, slot)});
            }
        });
        return series.build();
    }
}
