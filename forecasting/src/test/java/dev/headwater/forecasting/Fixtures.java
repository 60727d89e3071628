package dev.headwater.forecasting;

import dev.headwater.forecasting.network.GapPolicy;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;

/// Small networks and seeded histories that several tests share.
public final class Fixtures {

    public static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");

    private Fixtures() {}

    /// One measure in mph, 0 = missing.
    public static SensorNetwork network(Duration interval, int lookback, int horizon) {
        return network(interval, lookback, horizon, 0.25, List.of(new Measure("speed", "mph", 0f)), "speed");
    }

    public static SensorNetwork network(
            Duration interval, int lookback, int horizon, double minObserved, List<Measure> measures, String target) {
        return new NetworkBuilder("made-up")
                .interval(interval)
                .zone(LOS_ANGELES)
                .measures(measures)
                .target(target)
                .window(new WindowSpec(lookback, horizon))
                .gap(new GapPolicy(minObserved))
                .build();
    }

    /// The slot of an instant.
    public static long slot(SensorNetwork network, String instant) {
        return network.clock().slotOf(Instant.parse(instant).toEpochMilli());
    }

    /// Seeded values from 1 to 80. Single slots and whole stretches are missing, but not the first and last
    /// slot of the first sensor.
    public static Series series(SensorNetwork network, int sensors, int slots, long seed) {
        Random random = new Random(seed);
        long first = slot(network, "2017-03-10T09:00:00Z");
        Series.Builder builder = new Series.Builder(network);
        for (int s = 0; s < sensors; s++) {
            int silent = 0;
            for (int row = 0; row < slots; row++) {
                silent = silent > 0 ? silent - 1 : random.nextInt(60) == 0 ? random.nextInt(20) : 0;
                boolean end = s == 0 && (row == 0 || row == slots - 1);
                if (end || silent == 0) {
                    builder.add("s" + s, first + row, reading(network, random, end));
                }
            }
        }
        return builder.build();
    }

    private static float[] reading(SensorNetwork network, Random random, boolean whole) {
        float[] values = new float[network.measures().size()];
        for (int m = 0; m < values.length; m++) {
            values[m] = !whole && random.nextInt(10) == 0 ? Float.NaN : 1 + random.nextInt(790) / 10f;
        }
        return values;
    }
}
