package dev.headwater.forecasting.reading;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import java.time.Duration;
import java.util.Arrays;

/// Checks that the network's interval is that of the readings. With a wrong interval, a model would silently be
/// trained and evaluated on windows full of gaps or on a fraction of the readings.
public final class IntervalCheck {

    /// Share of the gaps that must have the same length for it to count as the readings' interval.
    private static final double MAX = 0.9;

    /// With fewer readings there is no check.
    private static final int FEWEST = 24;

    private IntervalCheck() {}

    /// @throws InvalidInputException when readings come regularly, but more than one slot apart
    public static void requireEverySlot(Series series) {
        long[] gaps = new long[series.slots()]; // [slots from one reading to the next]
        for (int sensor = 0; sensor < series.sensors().size(); sensor++) {
            int last = -1;
            for (int row = 0; row < series.slots(); row++) {
                if (series.observed(sensor, row)) {
                    if (last >= 0) {
                        gaps[row - last]++;
                    }
                    last = row;
                }
            }
        }
        long all = Arrays.stream(gaps).sum();
        for (int slots = 2; slots < gaps.length && all >= FEWEST; slots++) {
            if (gaps[slots] > MAX * all) {
                throw wrong(series.network(), series.network().interval().multipliedBy(slots));
            }
        }
    }

    /// @throws InvalidInputException when nearly all readings have the same spacing and it is not a multiple of
    ///     the interval: some slots then get two readings and others none
    public static void requireSpacing(SensorNetwork network, Spacing spacing) {
        long mode = spacing.mode();
        long interval = network.interval().toMillis();
        if (spacing.count() >= FEWEST && mode % interval != 0 && spacing.count(mode) > MAX * spacing.count()) {
            throw wrong(network, Duration.ofMillis(mode));
        }
    }

    /// @param duplicates readings whose slot already had one
    /// @throws InvalidInputException when more than every third reading is a duplicate
    public static void requireOneASlot(Series series, long duplicates) {
        if (duplicates < FEWEST) {
            return;
        }
        long filled = 0;
        for (int sensor = 0; sensor < series.sensors().size(); sensor++) {
            for (int row = 0; row < series.slots(); row++) {
                filled += series.observed(sensor, row) ? 1 : 0;
            }
        }
        if (2 * duplicates > filled) {
            Duration interval = series.network().interval();
            throw wrong(series.network(), interval.dividedBy(Math.ceilDiv(duplicates + filled, filled)));
        }
    }

    private static InvalidInputException wrong(SensorNetwork network, Duration found) {
        return new InvalidInputException("network " + network.name() + ": interval must be that of the readings, about "
                + found + ", found " + network.interval());
    }
}
