package dev.headwater.ingest.simulator;

import java.util.ArrayList;
import java.util.List;

/// One direction of a freeway. Miles are counted in the direction of travel; the city's centre lies near its middle, so
/// the first half leads in and the second half out.
///
/// @param index     its number in the city
/// @param freeway   the road's name
/// @param direction where its traffic goes
/// @param forward   true when postmiles grow in the direction of travel
/// @param length    miles
record Carriageway(int index, String freeway, String direction, boolean forward, double length) {

    private static final double MILES_PER_DEGREE = 69.0;
    private static final double CENTRE_LATITUDE = 37.35;
    private static final double CENTRE_LONGITUDE = -121.93;
    private static final double BETWEEN_DIRECTIONS_MILES = 0.06;

    /// A freeway as a line past the centre.
    ///
    /// @param bearing degrees from north in which its postmiles grow
    /// @param past    distance from the centre in miles, to the right of the bearing
    /// @param bend    miles by which its ends curve to the right
    private record Line(
            String name, String forward, String backward, double bearing, double past, double length, double bend) {}

    private static final List<Line> LINES = List.of(
            new Line("1", "N", "S", 2, 0.5, 24, 1.5),
            new Line("2", "E", "W", 88, -0.5, 22, -1.0),
            new Line("3", "N", "S", 40, 0.8, 26, 2.0),
            new Line("4", "E", "W", 128, -0.8, 23, 2.5),
            new Line("5", "N", "S", 12, 6.5, 20, -3.0),
            new Line("6", "E", "W", 98, 6.0, 21, -3.5),
            new Line("7", "N", "S", -14, -6.0, 20, 3.0),
            new Line("8", "E", "W", 78, -6.5, 19, 3.5));

    /// Both directions of every freeway.
    static List<Carriageway> all() {
        List<Carriageway> all = new ArrayList<>();
        for (Line line : LINES) {
            all.add(new Carriageway(all.size(), line.name(), line.forward(), true, line.length()));
            all.add(new Carriageway(all.size(), line.name(), line.backward(), false, line.length()));
        }
        return List.copyOf(all);
    }

    /// The sensor at `mile` miles of travel.
    SimulatedSensor sensor(int number, double mile) {
        Line line = LINES.get(index / 2);
        double postmile = postmile(mile);
        double along = postmile - length / 2;
        double share = along / (length / 2);
        double across = line.past() + line.bend() * share * share + (forward ? 1 : -1) * BETWEEN_DIRECTIONS_MILES / 2;
        double bearing = Math.toRadians(line.bearing());
        double north = along * Math.cos(bearing) - across * Math.sin(bearing);
        double east = along * Math.sin(bearing) + across * Math.cos(bearing);
        double latitude = CENTRE_LATITUDE + north / MILES_PER_DEGREE;
        double longitude = CENTRE_LONGITUDE + east / (MILES_PER_DEGREE * Math.cos(Math.toRadians(CENTRE_LATITUDE)));
        return new SimulatedSensor(
                "%s%s-%02d".formatted(freeway, direction, number),
                round(latitude, 1e6),
                round(longitude, 1e6),
                freeway,
                direction,
                round(postmile, 1e3));
    }

    double postmile(double mile) {
        return forward ? mile : length - mile;
    }

    /// Miles travelled at a postmile.
    double mile(double postmile) {
        return forward ? postmile : length - postmile;
    }

    private static double round(double value, double steps) {
        return Math.round(value * steps) / steps;
    }
}
