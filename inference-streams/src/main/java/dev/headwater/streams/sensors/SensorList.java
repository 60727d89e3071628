package dev.headwater.streams.sensors;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sensors of an instance, as `/sensors` answers.
///
/// @param instance  `host:port` of this instance; null when other instances cannot reach it
/// @param instances `host:port` of all instances that can be reached, this one included
/// @param known     number of sensors of this instance
/// @param sort      the order of the list, a [SensorOrder]
/// @param next      the id after which the list goes on; null at its end
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SensorList(
        String network,
        @Nullable String instance,
        List<String> instances,
        int known,
        String sort,
        List<SensorSummary> sensors,
        @Nullable String next) {}
