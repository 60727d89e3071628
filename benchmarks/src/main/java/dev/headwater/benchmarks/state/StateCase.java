package dev.headwater.benchmarks.state;

import dev.headwater.benchmarks.stream.RoadReadings;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.List;
import java.util.Map;

/// A stream to measure.
///
/// @param sensors number of sensors
/// @param profile whether it keeps the moving profile and the last eight days of each
/// @param scored  whether it compares forecasts with their truths, if the build can
record StateCase(int sensors, boolean profile, boolean scored) {

    static final String PROFILE = "profile";
    static final String WINDOW = "window";
    /// As [#PROFILE], without live accuracy; for builds that have the choice.
    static final String UNSCORED = "unscored";

    private static final int MAX_PACED = 10_000;
    private static final int MIN_BUSY = 5_000;

    /// @param state [#PROFILE], [#WINDOW] or [#UNSCORED]
    static StateCase of(String sensors, String state) {
        if (!List.of(PROFILE, WINDOW, UNSCORED).contains(state)) {
            throw new InvalidInputException(
                    "states: must be " + WINDOW + ", " + PROFILE + " or " + UNSCORED + ", found '" + state + "'");
        }
        int count = Options.number("sensors", sensors);
        return new StateCase(count, !state.equals(WINDOW), !state.equals(UNSCORED));
    }

    /// What is kept of a sensor, in a word.
    String state() {
        if (!scored) {
            return UNSCORED;
        }
        return profile ? PROFILE : WINDOW;
    }

    /// True when a stream on a small machine takes a reading a second of each sensor.
    boolean canBePaced() {
        return sensors <= MAX_PACED;
    }

    /// True when the sensors are so many that a stream at full speed writes each of them in another commit
    /// than its last reading.
    boolean canBusyTheStream() {
        return sensors >= MIN_BUSY;
    }

    /// Of a single measure, 12 slots in and 12 out, in days of 288 slots.
    SensorNetwork network() {
        return NetworkFile.load(
                "pems-bay",
                Map.of(
                        "maxSensors",
                        Integer.toString(2 * sensors + RoadReadings.WARM_UP_SENSORS),
                        "features.profile",
                        profile ? "moving" : "none",
                        "features.seasonal",
                        Boolean.toString(profile)));
    }

    /// Most heap of the stream's process, GiB: several times what it remembers, so that it is seldom
    /// collected.
    int heapGib() {
        return 2 + sensors / 16_000;
    }
}
