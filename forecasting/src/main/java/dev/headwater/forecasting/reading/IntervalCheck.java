package dev.headwater.forecasting.reading;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import java.time.Duration;
import java.util.Arrays;

/// Whether the interval of a network is that of the readings. A model of another one would be trained and judged
/// without a word, on windows full of gaps or on one reading of many.
public final class IntervalCheck {

    /// Share of the gaps that one length must have to be the interval of the readings.
    private static final double MAX = 0.9;

    /// Fewer readings tell nothing.
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

    /// @throws InvalidInputException when nearly all readings come one time apart, and that is no multiple of the
    ///                               interval: some slots then get two readings and others none
    public static void requireSpacing(SensorNetwork network, Spacing spacing) {
        long mode = spacing.mode();
        long interval = network.interval().toMillis();
        if (spacing.count() >= FEWEST && mode % interval != 0 && spacing.count(mode) > MAX * spacing.count()) {
            throw wrong(network, Duration.ofMillis(mode));
        }
    }

    /// @param duplicates readings that fell on a slot which had one
    /// @throws InvalidInputException when it is more than every third reading
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
