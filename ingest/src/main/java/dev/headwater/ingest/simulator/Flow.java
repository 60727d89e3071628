package dev.headwater.ingest.simulator;

import java.util.List;
import java.util.function.Function;

/// The traffic of one slot before noise: per sensor the speed and the depth in a queue.
final class Flow {

    private static final double BUSY_SLOWING = 0.07; // of the free speed, where the road is full but flows
    private static final double DAYTIME_SLOWING = 0.025;

    private final City city;
    private final double[] speed; // [sensor] mph
    private final double[] depth; // [sensor] 0 to 1

    /// @param demand `[carriageway]` of the day
    /// @param hour   local hour of the day
    Flow(City city, double[] demand, double hour) {
        this.city = city;
        this.speed = city.freeSpeed().clone();
        this.depth = new double[speed.length];
        double daytime = Math.max(0, Math.sin((hour - 6) / 16 * Math.PI));
        for (int s = 0; s < speed.length; s++) {
            speed[s] *= 1 - DAYTIME_SLOWING * daytime;
            addRushHours(s, demand[city.roadOf()[s]], hour);
        }
    }

    private void addRushHours(int s, double day, double hour) {
        for (RushHours rush : city.rushHours().get(city.roadOf()[s])) {
            double demand = rush.demand(hour, day);
            if (demand > 0) {
                speed[s] *= 1 - BUSY_SLOWING * demand;
                slow(s, rush.depth(city.miles()[s], demand), rush.queueSpeed());
            }
        }
    }

    void add(List<Incident> incidents, long time, Function<Incident, Carriageway> roadOf) {
        for (Incident incident : incidents) {
            if (time < incident.start() || time > incident.gone()) {
                continue;
            }
            Carriageway road = roadOf.apply(incident);
            double mile = road.mile(incident.postmile());
            for (int s = 0; s < speed.length; s++) {
                if (city.roadOf()[s] == road.index()) {
                    slow(s, incident.depth(mile - city.miles()[s], time), incident.queueSpeed());
                }
            }
        }
    }

    private void slow(int s, double inQueue, double queueSpeed) {
        speed[s] += inQueue * (Math.min(speed[s], queueSpeed) - speed[s]);
        depth[s] = Math.max(depth[s], inQueue);
    }

    double speed(int sensor) {
        return speed[sensor];
    }

    double depth(int sensor) {
        return depth[sensor];
    }
}
