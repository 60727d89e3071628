package dev.headwater.forecasting.feature;

import dev.headwater.forecasting.network.Calendar;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import java.util.List;

/// The cycles of a network's calendar at a slot, each as sine and cosine. Thread-safe.
final class CalendarInputs {

    private static final int DAYS = 7;
    private static final int YEAR_GRAIN = 8192; // phases of a year, about an hour each

    private final SlotClock clock;
    private final Calendar[] cycles;
    private final float[][] sine; // [cycle][phase]
    private final float[][] cosine; // [cycle][phase]

    CalendarInputs(SensorNetwork network) {
        List<Calendar> calendar = network.features().calendar();
        this.clock = network.clock();
        this.cycles = calendar.toArray(Calendar[]::new);
        this.sine = new float[cycles.length][];
        this.cosine = new float[cycles.length][];
        for (int c = 0; c < cycles.length; c++) {
            int phases = phases(cycles[c]);
            sine[c] = new float[phases];
            cosine[c] = new float[phases];
            for (int i = 0; i < phases; i++) {
                sine[c][i] = (float) Math.sin(2 * Math.PI * i / phases);
                cosine[c][i] = (float) Math.cos(2 * Math.PI * i / phases);
            }
        }
    }

    static int count(SensorNetwork network) {
        return 2 * network.features().calendar().size();
    }

    private int phases(Calendar cycle) {
        return switch (cycle) {
            case TIME_OF_DAY -> clock.slotsPerDay();
            case DAY_OF_WEEK -> DAYS;
            case TIME_OF_YEAR -> YEAR_GRAIN;
        };
    }

    private int phase(Calendar cycle, long slot) {
        return switch (cycle) {
            case TIME_OF_DAY -> clock.timeOfDay(slot);
            case DAY_OF_WEEK -> clock.dayOfWeek(slot);
            case TIME_OF_YEAR -> (int) (clock.timeOfYear(slot) * YEAR_GRAIN);
        };
    }

    /// Writes sine and cosine of each cycle to `rows` from `at` on.
    void write(long slot, float[] rows, int at) {
        for (int c = 0; c < cycles.length; c++) {
            int phase = phase(cycles[c], slot);
            rows[at + 2 * c] = sine[c][phase];
            rows[at + 2 * c + 1] = cosine[c][phase];
        }
    }
}
