package dev.headwater.forecasting.network;

import dev.headwater.forecasting.InvalidInputException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;

/// The inputs of a model beyond the measures themselves.
///
/// @param calendar   calendar cycles, for each sample and each step; the time of day by default
/// @param vectors    pairs of measures that are read as vectors; none by default. A direction may belong to
///     several
/// @param dailyCycle whether each step gets the target at the same time of day within the window: on the last
///     day before it, and the mean over all days; false by default
/// @param scaledBy   statistics used for scaling; those of the training part by default
/// @param profile    which profile of the sensor's usual day each sample and step gets; none by default
/// @param seasonal   whether each step gets the target at its time of day yesterday and a week ago; false by
///     default
/// @param holidays   days that count as Sundays in profiles; none by default
public record FeatureSpec(
        List<Calendar> calendar,
        List<PolarVector> vectors,
        Boolean dailyCycle,
        Normalisation scaledBy,
        Profile profile,
        Boolean seasonal,
        List<LocalDate> holidays) {

    /// Only the time of day.
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

    /// Whether a model reads the same inputs from both. Holidays may differ: those of the next year are added
    /// later.
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

    /// Whether a model needs more data of a sensor than its window.
    public boolean readsSeasonalState() {
        return profile != Profile.NONE || seasonal;
    }

    /// Whether a measure is read as part of a vector instead of directly.
    public boolean isInVector(String measure) {
        return vectors.stream()
                .anyMatch(vector ->
                        vector.speed().equals(measure) || vector.direction().equals(measure));
    }
}
