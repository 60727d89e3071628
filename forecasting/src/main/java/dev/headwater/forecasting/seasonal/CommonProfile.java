package dev.headwater.forecasting.seasonal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the profiles of a network's sensors have in common: at each entry of a row the median over the sensors. A
/// spread is the median spread of the sensors and the mean distance of their means from the shape, since a sensor that
/// borrows the shape lies that far from it.
final class CommonProfile {

    private static final int MOST_SENSORS = 256; // more tell no more

    private final ProfileGrid grid;
    private final List<DayProfile> profiles = new ArrayList<>();
    private final short[][] rows = new short[ProfileGrid.ROWS][]; // [row][entry], half floats
    private final float[] values; // [sensor]

    /// @param view  of the states
    /// @param known at least one
    CommonProfile(ProfileDays days, SeasonalState view, SeasonalStates.Known known) {
        this.grid = days.form().grid();
        List<String> sensors = known.sensors().stream().sorted().toList();
        int every = Math.ceilDiv(sensors.size(), MOST_SENSORS);
        for (int s = 0; s < sensors.size(); s += every) {
            byte[] state = known.state(sensors.get(s));
            if (state != null) {
                profiles.add(view.on(state).profile(0).frozen(null));
            }
        }
        this.values = new float[profiles.size()];
    }

    DayProfile profile() {
        for (int row = 0; row < rows.length; row++) {
            rows[row] = new short[grid.entries(row)];
            for (int entry = 0; entry < rows[row].length; entry++) {
                float apart = row < ProfileGrid.MEANS ? 0 : apart(row - ProfileGrid.KINDS, entry);
                rows[row][entry] = Halves.of(median(row, entry) + apart);
            }
        }
        return new FrozenProfile(grid, rows, new short[rows.length]);
    }

    /// NaN where no sensor has a value.
    private float median(int row, int entry) {
        int count = 0;
        for (DayProfile profile : profiles) {
            float value = Float.float16ToFloat(profile.half(row, entry));
            if (!Float.isNaN(value)) {
                values[count++] = value;
            }
        }
        Arrays.sort(values, 0, count);
        return count == 0 ? Float.NaN : (values[(count - 1) / 2] + values[count / 2]) / 2;
    }

    /// Mean distance of the sensors' means from the shape, where an entry of a spread lies.
    private float apart(int row, int spread) {
        float sum = 0;
        int count = 0;
        for (int mean = grid.firstMean(spread); mean < grid.endMean(spread); mean++) {
            float common = Float.float16ToFloat(rows[row][mean]);
            for (DayProfile profile : profiles) {
                float distance = Math.abs(Float.float16ToFloat(profile.half(row, mean)) - common);
                if (!Float.isNaN(distance)) {
                    sum += distance;
                    count++;
                }
            }
        }
        return count == 0 ? 0 : sum / count;
    }
}
