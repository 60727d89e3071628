package dev.headwater.forecasting.network;

import dev.headwater.forecasting.InvalidInputException;

/// A sensor and its location.
///
/// @param id        its key on the bus
/// @param latitude  degrees north, WGS 84
/// @param longitude degrees east, WGS 84
public record Sensor(String id, double latitude, double longitude) {

    public Sensor {
        if (id == null || id.isBlank()) {
            throw new InvalidInputException(
                    "sensors: every sensor needs an id, found " + (id == null ? "none" : "blanks"));
        }
        if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
            throw new InvalidInputException("sensors: latitude and longitude are in degrees, found " + latitude + ", "
                    + longitude + " for " + id);
        }
    }
}
