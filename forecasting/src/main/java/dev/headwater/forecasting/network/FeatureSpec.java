package dev.headwater.forecasting.network;

import dev.headwater.forecasting.InvalidInputException;
import java.util.HashSet;
import java.util.List;

/// What a model is told beside the measures as they are.
///
/// @param calendar   cycles of the clock, for each sample and each step; the time of day by default
/// @param vectors    pairs of measures that are read as vectors; none by default. A direction may belong to several
/// @param dailyCycle whether each step is told the target of the same time of day in the window: on the last day before
///                   it, and on average over all days; false by default
/// @param scaledBy   what figures are scaled by; the training span by default
public record FeatureSpec(
        List<Calendar> calendar, List<PolarVector> vectors, Boolean dailyCycle, Normalisation scaledBy) {

    /// The time of day alone.
    public static final FeatureSpec DEFAULT =
            new FeatureSpec(List.of(Calendar.TIME_OF_DAY), List.of(), false, Normalisation.TRAINING);

    public FeatureSpec {
        calendar = calendar == null ? List.of(Calendar.TIME_OF_DAY) : List.copyOf(calendar);
        vectors = vectors == null ? List.of() : List.copyOf(vectors);
        dailyCycle = dailyCycle != null && dailyCycle;
        scaledBy = scaledBy == null ? Normalisation.TRAINING : scaledBy;
        if (new HashSet<>(calendar).size() < calendar.size()) {
            throw new InvalidInputException("features.calendar: must be distinct, found " + calendar);
        }
        List<String> speeds = vectors.stream().map(PolarVector::speed).toList();
        if (new HashSet<>(speeds).size() < speeds.size()) {
            throw new InvalidInputException("features.vectors: each speed may occur once, found " + speeds);
        }
    }

    /// True when a measure is read as part of a vector, not as it is.
    public boolean isInVector(String measure) {
        return vectors.stream()
                .anyMatch(vector ->
                        vector.speed().equals(measure) || vector.direction().equals(measure));
    }
}
