package dev.headwater.forecasting.window;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.seasonal.BorrowedProfile;
import dev.headwater.forecasting.seasonal.DayProfile;
import dev.headwater.forecasting.seasonal.ProfileDays;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.forecasting.seasonal.SeasonalView;
import org.jspecify.annotations.Nullable;

/// What the windows of a batch need of their sensors' seasonal states, copied when a window is added: a state
/// changes with the next reading, and a forecast must not depend on when its batch runs. Not thread-safe.
public final class SeasonalInputs {

    private static final int[] SEASONS = {1, ProfileDays.WEEKDAYS}; // days
    private static final int PER_SAMPLE = 2; // weekday, kind of day
    private static final int SPREAD = 2; // after weekday and kind of day
    private static final int PER_STEP = SPREAD + 1 + SEASONS.length; // and yesterday, a week ago

    private final WindowSpec spec;
    private final ProfileDays days;
    private final SeasonalView unknown; // for a sensor without a seasonal state
    private final BorrowedProfile borrowed;
    private final boolean[] borrows; // [window]
    private final float[] samples; // [window][lookback][PER_SAMPLE]
    private final float[] steps; // [window][horizon][PER_STEP]
    private long position; // what follows belongs to it
    private long day = Integer.MIN_VALUE; // none
    private int bin;
    private int weekday;
    private int kind;
    private final boolean slides; // whether the next window of a sensor may share values with this one
    private @Nullable DayProfile noted; // of the window noted last; null where the next one shares nothing with it
    private SeasonalView notedView;
    private int notedAs; // its number
    private long notedEnd;
    private long notedNow; // position of its end

    SeasonalInputs(SensorNetwork network, int capacity) {
        this.spec = network.window();
        this.days = new ProfileDays(network);
        this.unknown = SeasonalView.nothing(days);
        this.notedView = unknown;
        this.borrowed = new BorrowedProfile(days);
        this.borrows = new boolean[capacity];
        this.samples = new float[capacity * spec.lookback() * PER_SAMPLE];
        this.steps = new float[capacity * spec.horizon() * PER_STEP];
        this.slides = spec.stride() == 1
                && spec.horizonStride() == 1
                && 2 * spec.horizon() <= days.bins(); // a season ago means the same day for all windows
    }

    /// Copies what the window that ends at `end` needs.
    ///
    /// @param known  null for a sensor without a seasonal state
    /// @param before what the sensors began with; null when it is not known
    void note(int window, @Nullable SeasonalView known, @Nullable SeasonalStates before, long end) {
        SeasonalView view = known == null ? unknown : known;
        moveTo(end);
        long now = position;
        DayProfile profile = profile(window, view, before, end);
        boolean next = profile == noted && view == notedView && end == notedEnd + 1 && now == notedNow + 1;
        noteSamples(window, profile, end, next ? slideSamples(window) : 0);
        noteSteps(window, profile, view, end, now, next ? slideSteps(window) : 0);
        noted = slides && profile.isFrozen() ? profile : null;
        notedView = view;
        notedAs = window;
        notedEnd = end;
        notedNow = now;
    }

    private void noteSteps(int window, DayProfile profile, SeasonalView view, long end, long now, int known) {
        int at = at(window, known + 1);
        for (int step = known + 1; step <= spec.horizon(); step++, at += PER_STEP) {
            moveTo(end + spec.lead(step));
            steps[at] = profile.weekday(weekday, kind, bin);
            steps[at + 1] = profile.kind(kind, bin);
            steps[at + SPREAD] = profile.spread(kind, bin);
            for (int season = 0; season < SEASONS.length; season++) {
                steps[at + SPREAD + 1 + season] = view.value(day - ago(now, SEASONS[season]), bin);
            }
        }
    }

    /// Takes the samples that a window shares with the one noted last, a slot before it.
    ///
    /// @return number of them
    private int slideSamples(int window) {
        int shared = spec.lookback() - 1;
        int from = (notedAs * spec.lookback() + 1) * PER_SAMPLE;
        System.arraycopy(samples, from, samples, window * spec.lookback() * PER_SAMPLE, shared * PER_SAMPLE);
        return shared;
    }

    /// As [#slideSamples], the steps.
    private int slideSteps(int window) {
        int shared = spec.horizon() - 1;
        System.arraycopy(steps, at(notedAs, 2), steps, at(window, 1), shared * PER_STEP);
        return shared;
    }

    /// The sensor's own profile, or one that is borrowed in part.
    private DayProfile profile(int window, SeasonalView view, @Nullable SeasonalStates before, long end) {
        DayProfile own = view.profile(day);
        DayProfile shape = before == null || own.isFull() ? null : before.shape(end);
        borrows[window] = shape != null;
        return shape == null ? own : borrowed.on(own, shape, view, position);
    }

    private void noteSamples(int window, DayProfile profile, long end, int known) {
        int at = (window * spec.lookback() + known) * PER_SAMPLE;
        for (long slot = end - spec.span() + 1 + (long) known * spec.stride();
                slot <= end;
                slot += spec.stride(), at += PER_SAMPLE) {
            moveTo(slot);
            samples[at] = profile.weekday(weekday, kind, bin);
            samples[at + 1] = profile.kind(kind, bin);
        }
    }

    private void moveTo(long slot) {
        position = days.position(slot);
        long inDay = position - day * days.bins();
        if (inDay < 0 || inDay >= days.bins()) { // the calendar is asked once a day
            day = days.day(position);
            weekday = days.weekday(day);
            kind = days.kind(day);
            inDay = position - day * days.bins();
        }
        bin = (int) inDay;
    }

    /// Days from the current position back to the last one at or before `now` that is whole seasons away.
    private long ago(long now, int season) {
        long length = (long) season * days.bins();
        return position - now <= length ? season : Math.ceilDiv(position - now, length) * season;
    }

    /// The usual value of the weekday at a sample, from 0; NaN when unknown, here as below.
    public float sampleWeekday(int window, int sample) {
        return samples[(window * spec.lookback() + sample) * PER_SAMPLE];
    }

    /// The usual value of the kind of day at a sample, from 0.
    public float sampleKind(int window, int sample) {
        return samples[(window * spec.lookback() + sample) * PER_SAMPLE + 1];
    }

    /// The usual value of the weekday at a step, from 1.
    public float stepWeekday(int window, int step) {
        return steps[at(window, step)];
    }

    /// The usual value of the kind of day at a step, from 1.
    public float stepKind(int window, int step) {
        return steps[at(window, step) + 1];
    }

    /// The usual distance of such days from that value at a step, from 1.
    public float stepSpread(int window, int step) {
        return steps[at(window, step) + SPREAD];
    }

    /// The target at a step's time of day on an earlier day.
    ///
    /// @param step   from 1
    /// @param season 0 for yesterday, 1 for a week ago
    public float stepSeason(int window, int step, int season) {
        return steps[at(window, step) + SPREAD + 1 + season];
    }

    /// Whether the profile of a window's sensor is borrowed in part.
    public boolean borrows(int window) {
        return borrows[window];
    }

    private int at(int window, int step) {
        return (window * spec.horizon() + step - 1) * PER_STEP;
    }
}
