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
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SensorDetail(String network, @Nullable String instance, SensorSummary sensor, Window window) {

    /// The samples of a window, oldest first.
    ///
    /// @param from            begin of the first sample's slot, as in 2017-05-25T07:00:00Z
    /// @param intervalSeconds from sample to sample
    /// @param values          by measure, in its unit; null where there was no reading or no value
    public record Window(String from, double intervalSeconds, Map<String, List<@Nullable Float>> values) {}
}
