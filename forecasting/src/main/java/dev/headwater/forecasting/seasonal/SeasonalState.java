package dev.headwater.forecasting.seasonal;

import dev.headwater.forecasting.seasonal.DayProfile.Rates;
import org.jspecify.annotations.Nullable;

/// One sensor's profile and its last eight days, updated with every reading: the stream's data beyond the
/// window. The state is a byte array ([SeasonalForm]), which this view reads and writes in place; one view serves
/// many states in turn. Not thread-safe.
///
/// A day is finished when the first reading of a later day arrives, and belongs to the profile from then on. That
/// reading may be too early, so later readings of the finished day still correct the profile, and skipped days are
/// added in turn. When the next day is finished, the one before is final. Readings of days before that are still
/// stored among the last days, but no longer change the profile.
public final class SeasonalState implements SeasonalView {

    /// Version of the bytes.
    public static final byte VERSION = 1;

    private final ProfileDays days;
    private final SeasonalForm form;
    private final RecentDays recent;
    private final CurrentProfile profile;
    private final @Nullable Rates rates;
    private byte[] state = new byte[0];
    private int touched; // a bit per part

    /// A view that is not yet on any state.
    ///
    /// @param rates weights of finished days; null for a fixed profile
    public SeasonalState(ProfileDays days, @Nullable Rates rates) {
        this.days = days;
        this.form = days.form();
        this.recent = new RecentDays(form);
        this.profile = new CurrentProfile(days, form, recent, rates);
        this.rates = rates;
    }

    /// Length of a state.
    public static int bytes(ProfileDays days) {
        return days.form().bytes();
    }

    /// A new state without data.
    public static byte[] unknown(ProfileDays days) {
        return days.form().unknown();
    }

    /// Moves the view to a state, and forgets which parts of the last one were touched.
    ///
    /// @param bytes read and written in place
    public SeasonalState on(byte[] bytes) {
        if (bytes.length != form.bytes()) {
            throw new IllegalArgumentException(
                    "a seasonal state must have " + form.bytes() + " bytes, found " + bytes.length);
        }
        state = bytes;
        touched = 0;
        profile.on(bytes);
        return this;
    }

    /// Parts of a state, one after the other: the eight days, then the profile.
    public int parts() {
        return SeasonalForm.PARTS;
    }

    public int offset(int part) {
        return form.offset(part);
    }

    public int length(int part) {
        return form.length(part);
    }

    /// The parts that have changed since [#on] or the last call, a bit each.
    public int takeTouched() {
        int parts = touched;
        touched = 0;
        return parts;
    }

    /// False when a value is infinite or a day is later than `last`; readings would never repair such a state.
    ///
    /// @param last last known day
    public boolean isSound(long last) {
        long latest = Math.max(last, SeasonalForm.NEVER);
        boolean sound = recent.areSound(state, latest) && form.today(state) <= latest && form.ended(state) <= latest;
        for (int row = 0; row < ProfileGrid.ROWS; row++) {
            boolean dated = rates == null || form.last(state, row) <= latest;
            sound &= dated && form.seen(state, row) >= 0 && isFinite(row);
        }
        return sound;
    }

    private boolean isFinite(int row) {
        for (int entry = 0; entry < form.grid().entries(row); entry++) {
            if (Halves.isInfinite(form.half(state, row, entry))) {
                return false;
            }
        }
        return true;
    }

    /// Adds a reading.
    ///
    /// @param value in the unit of the target, NaN = missing
    public void add(long slot, float value) {
        long position = days.position(slot);
        int day = Math.toIntExact(days.day(position));
        advance(day);
        boolean recentEnough = day >= form.ended(state) || day > form.today(state) - SeasonalForm.RECENT_DAYS;
        if (recentEnough && RecentDays.isValue(value)) {
            put(day, days.bin(position), value);
        }
        profile.changed();
    }

    private void advance(int day) {
        if (day > form.today(state)) {
            if (form.today(state) != SeasonalForm.NEVER) {
                finish(form.today(state));
            }
            setToday(day);
        } else if (day > form.ended(state) && day != form.today(state)) {
            setToday(day); // a previous reading was ahead of its time
        }
    }

    private void setToday(int day) {
        form.today(state, day);
        touched |= 1 << SeasonalForm.PROFILE;
    }

    private void finish(int day) {
        profile.fold();
        form.ended(state, day);
        profile.changed();
    }

    private void put(int day, int bin, float value) {
        int part = SeasonalForm.part(day);
        int kept = form.day(state, part);
        if (kept != day && kept == form.ended(state) && kept != SeasonalForm.NEVER) {
            profile.fold(); // before its values are overwritten
            touched |= 1 << SeasonalForm.PROFILE;
        }
        recent.put(state, day, bin, value);
        touched |= 1 << part;
    }

    /// The profile of the state; it changes with the next reading.
    @Override
    public DayProfile profile(long day) {
        return profile;
    }

    @Override
    public float value(long day, int bin) {
        return recent.value(state, Math.toIntExact(day), bin);
    }

    /// An immutable copy of the values of a day; those of no day when it is not kept.
    public DayValues day(long day) {
        int part = SeasonalForm.part((int) day);
        return recent.holds(state, (int) day) ? DayValues.copy(form, state, part) : DayValues.NONE;
    }

    /// A new state with this one's profile, the finished day included, and no days.
    public byte[] profileAlone() {
        SeasonalState alone = new SeasonalState(days, rates).on(state.clone());
        alone.profile.fold();
        for (int part = 0; part < SeasonalForm.RECENT_DAYS; part++) {
            form.clearDay(alone.state, part);
        }
        form.today(alone.state, SeasonalForm.NEVER);
        form.ended(alone.state, SeasonalForm.NEVER);
        return alone.state;
    }
}
