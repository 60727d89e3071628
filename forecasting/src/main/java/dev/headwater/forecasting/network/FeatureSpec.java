package dev.headwater.forecasting.network;

import dev.headwater.forecasting.InvalidInputException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;

/// What a model is told beside the measures as they are.
///
/// @param calendar   cycles of the clock, for each sample and each step; the time of day by default
/// @param vectors    pairs of measures that are read as vectors; none by default. A direction may belong to several
/// @param dailyCycle whether each step is told the target of the same time of day in the window: on the last day before
///                   it, and on average over all days; false by default
/// @param scaledBy   what figures are scaled by; the training span by default
/// @param profile    what each sample and step is told of the sensor's usual day; nothing by default
/// @param seasonal   whether each step is told the target at its time of day yesterday and a week ago; false by default
/// @param holidays   days off that count as Sundays in profiles; none by default
public record FeatureSpec(
        List<Calendar> calendar,
        List<PolarVector> vectors,
        Boolean dailyCycle,
        Normalisation scaledBy,
        Profile profile,
        Boolean seasonal,
        List<LocalDate> holidays) {

    /// The time of day alone.
    public static final FeatureSpec DEFAULT =
            new FeatureSpec(List.of(Calendar.TIME_OF_DAY), List.of(), false, Normalisation.TRAINING);

    public FeatureSpec {
        calendar = calendar == null ? List.of(Calendar.TIME_OF_DAY) : List.copyOf(calendar);
        vectors = vectors == null ? List.of() : List.copyOf(vectors);
        dailyCycle = dailyCycle != null && dailyCycle;
        scaledBy = scaledBy == null ? Normalisation.TRAINING : scaledBy;
        profile = profile == null ? Profile.NONE : profile;
        seasonal = seasonal != null && seasonal;
        holidays = holidays == null ? List.of() : List.copyOf(holidays);
        if (new HashSet<>(calendar).size() < calendar.size()) {
            throw new InvalidInputException("features.calendar: must be distinct, found " + calendar);
        }
        List<String> speeds = vectors.stream().map(PolarVector::speed).toList();
        if (new HashSet<>(speeds).size() < speeds.size()) {
            throw new InvalidInputException("features.vectors: each speed may occur once, found " + speeds);
        }
    }

    /// Features without profile.
    public FeatureSpec(List<Calendar> calendar, List<PolarVector> vectors, Boolean dailyCycle, Normalisation scaledBy) {
        this(calendar, vectors, dailyCycle, scaledBy, Profile.NONE, false, List.of());
    }

    /// True when a model reads the same of both. Holidays may differ: next year's are added when they are known.
    boolean isLike(FeatureSpec other) {
        return equals(new FeatureSpec(
                other.calendar,
                other.vectors,
                other.dailyCycle,
                other.scaledBy,
                other.profile,
                other.seasonal,
                holidays));
    }

    /// True when a model needs to know more of a sensor than its window.
    public boolean readsSeasonalState() {
        return profile != Profile.NONE || seasonal;
    }

    /// True when a measure is read as part of a vector, not as it is.
    public boolean isInVector(String measure) {
        return vectors.stream()
                .anyMatch(vector ->
                        vector.speed().equals(measure) || vector.direction().equals(measure));
    }
}
