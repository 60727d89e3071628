package dev.headwater.forecasting.evaluation;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.util.Arrays;
import java.util.Optional;

/// When a road counts as congested: the observed speed is below a share of the sensor's free-flow speed, taken as the
/// 95th percentile of its training readings (the 60 % that the Urban Mobility Report of Texas A&M and others draw the
/// line near). Of other networks than traffic nothing of the kind is known.
///
/// @param share  of the free-flow speed
/// @param limits `[sensor]`, in the unit of the target; NaN where a sensor has no training readings
public record Congestion(double share, float[] limits) {

    /// The share that reports use.
    public static final double SHARE = 0.6;

    private static final double FREE_FLOW = 0.95;
    private static final String TRAFFIC = "traffic";
    private static final String SPEED = "speed";

    /// The limits of a history; empty when its network is not one of traffic speeds.
    ///
    /// @param trainRows rows that the limits may be taken from
    public static Optional<Congestion> of(Series series, int trainRows) {
        SensorNetwork network = series.network();
        if (!network.domain().equals(TRAFFIC) || !network.target().equals(SPEED)) {
            return Optional.empty();
        }
        float[] limits = new float[series.sensors().size()];
        float[] readings = new float[trainRows];
        for (int sensor = 0; sensor < limits.length; sensor++) {
            int count = 0;
            for (int row = 0; row < trainRows; row++) {
                float value = series.target(sensor, row);
                if (!Float.isNaN(value)) {
                    readings[count++] = value;
                }
            }
            Arrays.sort(readings, 0, count);
            limits[sensor] =
                    count == 0 ? Float.NaN : (float) (SHARE * readings[(int) Math.ceil(FREE_FLOW * count) - 1]);
        }
        return Optional.of(new Congestion(SHARE, limits));
    }

    /// Whether a truth is one of congestion; false where nothing is known of the sensor.
    boolean isCongested(int sensor, float truth) {
        return truth < limits[sensor];
    }
}
