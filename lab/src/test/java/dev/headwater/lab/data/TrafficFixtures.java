package dev.headwater.lab.data;

import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.time.Instant;
import java.util.Map;
import java.util.Random;

/// Speeds by slot and sensor; of sensor 1, slot 5 is missing, of sensor 2, the first two slots.
final class TrafficFixtures {

    static final int SENSORS = 3;
    static final int SLOTS = 705;

    private TrafficFixtures() {}

    private static float speed(int slot, int sensor) {
        boolean missing = (sensor == 1 && slot == 5) || (sensor == 2 && slot < 2);
        return missing ? 0 : 30 + 20 * sensor + new Random(slot * 31L + sensor).nextFloat();
    }

    static float filled(int slot, int sensor) {
        return speed(sensor == 1 && slot == 5 ? 4 : sensor == 2 ? Math.max(2, slot) : slot, sensor);
    }

    /// From midnight on, by the local clock.
    static Series series(int lookback, int horizon) {
        SensorNetwork network = NetworkFile.load(
                "pems-bay",
                Map.of("window.lookback", String.valueOf(lookback), "window.horizon", String.valueOf(horizon)));
        long first =
                network.clock().slotOf(Instant.parse("2017-01-01T08:00:00Z").toEpochMilli());
        Series.Builder builder = new Series.Builder(network);
        for (int slot = 0; slot < SLOTS; slot++) {
            for (int s = 0; s < SENSORS; s++) {
                builder.add("s" + s, first + slot, new float[] {speed(slot, s)});
            }
        }
        return builder.build();
    }
}
