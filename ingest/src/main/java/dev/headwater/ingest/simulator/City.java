package dev.headwater.ingest.simulator;

import java.util.ArrayList;
import java.util.List;

/// The parts of the city that do not change from day to day.
///
/// @param carriageways both directions of every freeway
/// @param rushHours    `[carriageway][2]` morning, evening
/// @param sensors      all sensors, along one carriageway after the other in the direction of travel
/// @param roadOf       `[sensor]` its carriageway
/// @param miles        `[sensor]` where it stands, in miles of travel
/// @param freeSpeed    `[sensor]` mph on an empty road
record City(
        List<Carriageway> carriageways,
        List<RushHours[]> rushHours,
        List<SimulatedSensor> sensors,
        int[] roadOf,
        double[] miles,
        double[] freeSpeed) {

    static City of(int count, Chance chance) {
        List<Carriageway> roads = Carriageway.all();
        List<SimulatedSensor> sensors = new ArrayList<>();
        int[] roadOf = new int[count];
        double[] miles = new double[count];
        double[] freeSpeed = new double[count];
        for (Carriageway road : roads) {
            int here = count / roads.size() + (road.index() < count % roads.size() ? 1 : 0);
            double spacing = road.length() / Math.max(1, here);
            for (int i = 0; i < here; i++) {
                int s = sensors.size();
                roadOf[s] = road.index();
                miles[s] = (i + chance.uniform(Topic.PLACE, road.index(), i, 0.3, 0.7)) * spacing;
                freeSpeed[s] = chance.uniform(Topic.FREE_SPEED, road.index(), i, 64.5, 70);
                sensors.add(road.sensor(i + 1, miles[s]));
            }
        }
        List<RushHours[]> rush =
                roads.stream().map(road -> rushHours(road, chance)).toList();
        return new City(roads, rush, List.copyOf(sensors), roadOf, miles, freeSpeed);
    }

    /// In the morning traffic queues before the centre, in the evening behind it, on some roads more than on others.
    private static RushHours[] rushHours(Carriageway road, Chance chance) {
        long r = road.index();
        RushHours morning = new RushHours(
                road.length() * chance.uniform(Topic.RUSH, r, 0, 0.38, 0.5),
                chance.uniform(Topic.RUSH, r, 1, 7.8, 8.6),
                chance.uniform(Topic.RUSH, r, 2, 1.5, 7.5),
                chance.uniform(Topic.RUSH, r, 3, 18, 38));
        RushHours evening = new RushHours(
                road.length() * chance.uniform(Topic.RUSH, r, 4, 0.55, 0.85),
                chance.uniform(Topic.RUSH, r, 5, 17, 18),
                chance.uniform(Topic.RUSH, r, 6, 1.5, 8.5),
                chance.uniform(Topic.RUSH, r, 7, 16, 36));
        return new RushHours[] {morning, evening};
    }
}
