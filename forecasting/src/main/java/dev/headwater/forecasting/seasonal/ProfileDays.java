package dev.headwater.forecasting.seasonal;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import java.time.LocalDate;
import java.util.Arrays;

/// Maps a network's slots to bins of local days. A position is a day since 1970 and a bin of that day as one
/// number, `day * bins + bin`. So the same time on the day before is `bins` positions back, even across a
/// change to or from daylight saving.
///
/// A bin is a slot, or five minutes where a day has more than 288 slots. Thread-safe.
public final class ProfileDays {

    /// Rows of a profile: Monday to Sunday.
    public static final int WEEKDAYS = 7;

    private static final int MAX_BINS = 288;
    private static final int SATURDAY = 5;
    private static final int SUNDAY = 6;

    private final SlotClock clock;
    private final int bins;
    private final int slotsPerDay;
    private final long[] holidays; // ascending days since 1970
    private final SeasonalForm form;

    public ProfileDays(SensorNetwork network) {
        this.clock = network.clock();
        this.slotsPerDay = clock.slotsPerDay();
        this.bins = Math.min(slotsPerDay, MAX_BINS);
        this.form = new SeasonalForm(new ProfileGrid(bins));
        this.holidays = network.features().holidays().stream()
                .mapToLong(LocalDate::toEpochDay)
                .sorted()
                .toArray();
    }

    /// Bins per day.
    public int bins() {
        return bins;
    }

    /// How the seasonal states of the network's sensors lie in bytes.
    SeasonalForm form() {
        return form;
    }

    /// The position of a slot.
    public long position(long slot) {
        if (bins == slotsPerDay) {
            return clock.localSlot(slot);
        }
        long bin = (long) clock.timeOfDay(slot) * bins / slotsPerDay;
        return clock.day(slot) * bins + bin;
    }

    /// The day of a position.
    public long day(long position) {
        return Math.floorDiv(position, bins);
    }

    /// The bin of a position.
    public int bin(long position) {
        return Math.floorMod(position, bins);
    }

    /// 0 = Monday to 6 = Sunday; a public holiday of the network counts as a Sunday.
    public int weekday(long day) {
        boolean holiday = Arrays.binarySearch(holidays, day) >= 0;
        return holiday ? SUNDAY : Math.floorMod(day + 3, WEEKDAYS); // 1970-01-01 was a Thursday
    }

    /// The row of the kind of day that a row of means belongs to.
    static int kindRow(int row) {
        return row >= WEEKDAYS ? row : WEEKDAYS + (row >= SATURDAY ? 1 : 0);
    }

    /// 0 for a working day, 1 for a day off.
    public int kind(long day) {
        return weekday(day) >= SATURDAY ? 1 : 0;
    }
}
