package dev.headwater.trainer.forecast;

import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.time.Duration;
import java.util.Random;

/// Speeds with a daily pattern of their own for each sensor, and noise: what a clock-aware model must learn, and
/// persistence cannot.
final class SyntheticSeries {

    static final SensorNetwork NETWORK =
            new NetworkBuilder("synthetic").interval(Duration.ofMinutes(5)).build();

    private static final int DAY = 288;

    private SyntheticSeries() {}

    /// @param missing share of slots without a reading
    static Series of(int sensors, int slots, double missing, long seed) {
        Random random = new Random(seed);
        Series.Builder builder = new Series.Builder(NETWORK);
        long first = 5_000_000;
        for (int slot = 0; slot < slots; slot++) {
            for (int s = 0; s < sensors; s++) {
                double speed = speed(s, (int) ((first + slot) % DAY)) + random.nextGaussian();
                boolean present = random.nextDouble() >= missing || slot == 0 || slot == slots - 1;
                builder.add("s" + s, first + slot, new float[] {present ? (float) speed : 0});
            }
        }
        return builder.build();
    }

    /// Free flow with a steep morning and evening rush, later for each sensor.
    private static double speed(int sensor, int timeOfDay) {
        double hour = (timeOfDay - 12 * sensor + DAY) % DAY / 12.0;
        double morning = Math.exp(-Math.pow((hour - 8) / 0.8, 2));
        double evening = Math.exp(-Math.pow((hour - 17) / 0.8, 2));
        return 65 - 35 * morning - 30 * evening;
    }
}
