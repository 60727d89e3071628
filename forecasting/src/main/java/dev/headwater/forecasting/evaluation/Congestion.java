package dev.headwater.forecasting.evaluation;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.util.Arrays;
import java.util.Optional;

/// When a road counts as congested: the observed speed is below a share of the sensor's free-flow speed, which
/// is the 95th percentile of its training readings. The Urban Mobility Report of Texas A&M and others use about
/// 60 %. Only defined for traffic speeds.
///
/// @param share  of the free-flow speed
/// @param limits `[sensor]`, in the unit of the target; NaN where a sensor has no training readings
public record Congestion(double share, float[] limits) {

    /// The share that reports use.
    public static final double SHARE = 0.6;

    private static final double FREE_FLOW = 0.95;
    private static final String TRAFFIC = "traffic";
    private static final String SPEED = "speed";

    /// The limits for a history; empty when its network is not one of traffic speeds.
    ///
    /// @param trainRows rows of the training part, which the limits are computed from
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

    /// Whether an observed value counts as congested; false for a sensor without a limit.
    boolean isCongested(int sensor, float truth) {
        return truth < limits[sensor];
    }
}
