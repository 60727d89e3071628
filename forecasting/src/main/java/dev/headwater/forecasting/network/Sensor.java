package dev.headwater.forecasting.network;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headwater.forecasting.InvalidInputException;
import org.jspecify.annotations.Nullable;

/// A sensor and its location. The road and the position on it are both given, or neither.
///
/// @param id        its key on the bus
/// @param latitude  degrees north, WGS 84
/// @param longitude degrees east, WGS 84
/// @param road      the carriageway that it observes, such as `101-N` for a freeway and a direction;
///     null when unknown
/// @param position  where on the road, such as the postmile in miles; null when unknown. It grows with
///     the traffic or against it: only the order along a road counts
public record Sensor(
        String id,
        double latitude,
        double longitude,
        // left out when absent, so that older versions read the artefacts, and runs keep their identity
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String road,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double position) {

    public Sensor {
        if (id == null || id.isBlank()) {
            throw new InvalidInputException(
                    "sensors: every sensor needs an id, found " + (id == null ? "none" : "blanks"));
        }
        if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
            throw new InvalidInputException("sensors: latitude and longitude are in degrees, found " + latitude + ", "
                    + longitude + " for " + id);
        }
        requireRoad(id, road, position);
    }

    /// A sensor whose road is not known.
    public Sensor(String id, double latitude, double longitude) {
        this(id, latitude, longitude, null, null);
    }

    private static void requireRoad(String id, @Nullable String road, @Nullable Double position) {
        if ((road == null) != (position == null)) {
            throw new InvalidInputException("sensors: road and position must be given together, found "
                    + (road == null ? "no road" : "road " + road) + " and "
                    + (position == null ? "no position" : "position " + position) + " for " + id);
        }
        if (road != null && road.isBlank()) {
            throw new InvalidInputException("sensors: road must be a text such as 101-N, found blanks for " + id);
        }
        if (position != null && !Double.isFinite(position)) {
            throw new InvalidInputException(
                    "sensors: position must be a number such as 12.5, found " + position + " for " + id);
        }
    }
}
