package dev.headwater.forecasting.network;

import dev.headwater.forecasting.InvalidInputException;

/// Two measures that form a vector, such as the speed and direction of the wind. A model reads its components
/// instead, because 359 and 1 degrees are neighbours, and a direction means little without wind.
///
/// @param speed     the measure of the vector's length
/// @param direction the measure of the vector's direction, in degrees
public record PolarVector(String speed, String direction) {

    public PolarVector {
        if (speed == null || direction == null || speed.equals(direction)) {
            throw new InvalidInputException("features.vectors: must name two measures, speed and direction, found "
                    + (speed == null ? "none" : speed) + " and " + (direction == null ? "none" : direction));
        }
    }

    /// Component along direction 0; NaN when either argument is NaN.
    public static float x(float speed, float degrees) {
        return (float) (speed * Math.cos(Math.toRadians(degrees)));
    }

    /// Component along direction 90; NaN when either argument is NaN.
    public static float y(float speed, float degrees) {
        return (float) (speed * Math.sin(Math.toRadians(degrees)));
    }
}
