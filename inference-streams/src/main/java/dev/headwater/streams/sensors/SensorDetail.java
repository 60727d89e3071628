package dev.headwater.streams.sensors;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A sensor, as `/sensors/ID` answers.
///
/// @param instance `host:port` of the instance that has it; null when other instances cannot reach it
/// @param sensor   the facts of the list
/// @param window   what the next forecast reads
/// @param forecast the newest forecast; null before the first, when it abstained, and when forecasts are not kept
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SensorDetail(
        String network,
        @Nullable String instance,
        SensorSummary sensor,
        Window window,
        @Nullable LastForecast forecast) {

    /// A forecast, as it is kept to be compared: slightly rounded.
    ///
    /// @param issuedAt        begin of the slot at which it was issued
    /// @param intervalSeconds from step to step
    /// @param values          `[step]`
    /// @param intervals       narrowest first
    public record LastForecast(
            String issuedAt, double intervalSeconds, List<@Nullable Float> values, List<Bounds> intervals) {}

    /// Bounds of a forecast at a level.
    ///
    /// @param lower `[step]`
    /// @param upper `[step]`
    public record Bounds(double level, List<@Nullable Float> lower, List<@Nullable Float> upper) {}

    /// The samples of a window, oldest first.
    ///
    /// @param from            begin of the first sample's slot, as in 2017-05-25T07:00:00Z
    /// @param intervalSeconds from sample to sample
    /// @param values          by measure, in its unit; null where there was no reading or no value
    public record Window(String from, double intervalSeconds, Map<String, List<@Nullable Float>> values) {}
}
