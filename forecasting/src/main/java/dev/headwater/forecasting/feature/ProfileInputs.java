package dev.headwater.forecasting.feature;

import dev.headwater.forecasting.network.Profile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.window.SeasonalInputs;
import dev.headwater.forecasting.window.WindowBatch;

/// Inputs from a sensor's daily profile and from its previous days. Per sample: the profiles of the weekday and
/// of the kind of day, scaled, and a 1 where neither is known. Per step: both profiles as the difference from
/// the last value, the same flag, the spread of days around the profile, and the values of yesterday and a week
/// ago at that time of day, also as differences; where one of these is missing, the profile replaces it. An
/// unknown value is encoded as no difference. Thread-safe.
final class ProfileInputs {

    private static final int PER_SAMPLE = 3;
    private static final int PER_STEP = 4;
    private static final int SEASONAL = 2;

    private final boolean profile;
    private final boolean seasonal;

    ProfileInputs(SensorNetwork network) {
        this.profile = network.features().profile() != Profile.NONE;
        this.seasonal = network.features().seasonal();
    }

    /// Number of inputs per sample.
    static int perSample(SensorNetwork network) {
        return network.features().profile() == Profile.NONE ? 0 : PER_SAMPLE;
    }

    /// Number of inputs per step.
    static int perStep(SensorNetwork network) {
        int profile = network.features().profile() == Profile.NONE ? 0 : PER_STEP;
        return profile + (network.features().seasonal() ? SEASONAL : 0);
    }

    /// Writes the inputs of a sample.
    ///
    /// @param sample  from 0
    /// @param scale   scale of the target
    /// @param carried the scaled target at that sample
    void writeSample(WindowBatch batch, int w, int sample, WindowScale scale, float carried, float[] rows, int at) {
        if (!profile) {
            return;
        }
        float weekday = batch.seasonal().sampleWeekday(w, sample);
        float kind = batch.seasonal().sampleKind(w, sample);
        boolean unknown = Float.isNaN(kind);
        rows[at] = Float.isNaN(weekday) ? carried : scale.scale(weekday);
        rows[at + 1] = unknown ? carried : scale.scale(kind);
        rows[at + 2] = unknown ? 1 : 0;
    }

    /// Writes the inputs of a step.
    ///
    /// @param step      from 1
    /// @param last      the last observed target
    /// @param deviation unit of the target per unit of the inputs
    void writeStep(WindowBatch batch, int w, int step, float last, float deviation, float[] rows, int at) {
        SeasonalInputs known = batch.seasonal();
        float weekday = known.stepWeekday(w, step);
        int next = at;
        if (profile) {
            float kind = known.stepKind(w, step);
            rows[next++] = difference(weekday, last, deviation);
            rows[next++] = difference(kind, last, deviation);
            rows[next++] = Float.isNaN(kind) ? 1 : 0;
            float spread = known.stepSpread(w, step);
            rows[next++] = Float.isNaN(spread) ? 0 : spread / deviation;
        }
        for (int season = 0; seasonal && season < SEASONAL; season++) {
            float value = known.stepSeason(w, step, season);
            rows[next++] = difference(Float.isNaN(value) ? weekday : value, last, deviation);
        }
    }

    private static float difference(float value, float last, float deviation) {
        return Float.isNaN(value) ? 0 : (value - last) / deviation;
    }
}
