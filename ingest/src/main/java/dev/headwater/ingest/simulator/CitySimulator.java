package dev.headwater.ingest.simulator;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.reading.Series;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// Speeds of a made-up city's freeways: free flow, rush hours by direction that grow and dissolve as queues,
/// weekends without them, variation between days, incidents whose jams move upstream, autocorrelated noise,
/// lost readings and temporary sensor failures.
///
/// Every speed is a function of seed, sensor and slot alone, so slots can be computed in any order, and a
/// restarted source repeats itself exactly. Queues: kinematic waves in the sense of Lighthill and Whitham
/// (1955), reduced to their fronts. Not thread-safe, except for [#inject(Incident)].
public final class CitySimulator {

    private static final int MAX_SENSORS = 100_000;
    private static final int KEPT_DAYS = 4;
    private static final float SLOWEST = 3;
    private static final float FASTEST = 85;
    private static final double LOST_SHARE = 0.004;
    private static final double[] MEMORY = memory(0.75, 6);

    private final SensorNetwork network;
    private final SlotClock clock;
    private final Chance chance;
    private final City city;
    private final List<Incident> injected = new CopyOnWriteArrayList<>();
    private final Map<LocalDate, DayPlan> days = new LinkedHashMap<>();

    /// @param network interval and zone, and the one measure that the city reports, in mph
    /// @param sensors how many; 325 for a city the size of PEMS-BAY
    /// @throws InvalidInputException when the network has several measures, or `sensors` is not from 1 to 100,000
    public CitySimulator(SensorNetwork network, int sensors, long seed) {
        if (network.measures().size() != 1) {
            throw new InvalidInputException("network " + network.name() + ": the simulator reports one measure, found "
                    + network.measures().size());
        }
        if (sensors < 1 || sensors > MAX_SENSORS) {
            throw new InvalidInputException("sensors: must be from 1 to " + MAX_SENSORS + ", found " + sensors);
        }
        this.network = network;
        this.clock = network.clock();
        this.chance = new Chance(seed);
        this.city = City.of(sensors, chance);
    }

    /// Weights of the last slots' shocks, normalised to deviation 1: a moving average that decays like an AR(1)
    /// process and needs no state.
    private static double[] memory(double fading, int slots) {
        double[] weights = new double[slots];
        double squares = 0;
        for (int k = 0; k < slots; k++) {
            weights[k] = Math.pow(fading, k);
            squares += weights[k] * weights[k];
        }
        for (int k = 0; k < slots; k++) {
            weights[k] /= Math.sqrt(squares);
        }
        return weights;
    }

    public SensorNetwork network() {
        return network;
    }

    /// All sensors, in the order of the speeds.
    public List<SimulatedSensor> sensors() {
        return city.sensors();
    }

    /// The random incidents of a local day.
    public List<Incident> incidents(LocalDate day) {
        return plan(day).incidents();
    }

    /// Adds an incident, also while slots are being played.
    ///
    /// @throws InvalidInputException when the city has no such freeway and direction
    public void inject(Incident incident) {
        roadOf(incident);
        injected.add(incident);
    }

    /// The readings of a slot.
    ///
    /// @param out `[sensor]` mph on a grid of 0.1, NaN where the reading is missing; at least
    ///            `sensors().size()` long
    public void speeds(long slot, float[] out) {
        long time = clock.startMillis(slot);
        ZonedDateTime local = Instant.ofEpochMilli(time).atZone(network.zone());
        DayPlan today = plan(local.toLocalDate());
        DayPlan yesterday = plan(local.toLocalDate().minusDays(1));
        double hour = local.toLocalTime().toSecondOfDay() / 3600.0 - today.peakShift();
        Flow flow = new Flow(city, today.demand(), hour);
        flow.add(yesterday.incidents(), time, this::roadOf);
        flow.add(today.incidents(), time, this::roadOf);
        flow.add(injected, time, this::roadOf);
        double[] roadNoise = noise(Topic.ROAD_NOISE, city.carriageways().size(), slot);
        double[] noise = noise(Topic.NOISE, city.sensors().size(), slot);
        for (int s = 0; s < noise.length; s++) {
            double rough = 1 + 2.2 * flow.depth(s); // stop and go
            double speed = flow.speed(s) + rough * (0.5 * roadNoise[city.roadOf()[s]] + 1.1 * noise[s]);
            boolean lost = chance.uniform(Topic.LOST, slot, s) < LOST_SHARE
                    || out(today.outages()[s], time)
                    || out(yesterday.outages()[s], time);
            out[s] = lost ? Float.NaN : Math.round(Math.clamp((float) speed, SLOWEST, FASTEST) * 10) / 10f;
        }
    }

    /// Slots `[firstSlot, firstSlot + slots)` of all sensors.
    ///
    /// @throws InvalidInputException when `slots` is not positive
    public Series history(long firstSlot, int slots) {
        if (slots < 1) {
            throw new InvalidInputException("slots: must be 1 or more, found " + slots);
        }
        Series.Builder builder = new Series.Builder(network);
        float[] speeds = new float[sensors().size()]; // [sensor]
        float[] value = new float[1];
        for (int row = 0; row < slots; row++) {
            speeds(firstSlot + row, speeds);
            for (int s = 0; s < speeds.length; s++) {
                value[0] = speeds[s];
                builder.add(sensors().get(s).id(), firstSlot + row, value);
            }
        }
        return builder.build();
    }

    private Carriageway roadOf(Incident incident) {
        return city.carriageways().stream()
                .filter(road -> road.freeway().equals(incident.freeway())
                        && road.direction().equals(incident.direction()))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "incident: the city has no freeway " + incident.freeway() + " to " + incident.direction()));
    }

    private DayPlan plan(LocalDate date) {
        DayPlan known = days.get(date);
        if (known != null) {
            return known;
        }
        if (days.size() >= KEPT_DAYS) {
            days.remove(days.keySet().iterator().next());
        }
        long midnight = date.atStartOfDay(network.zone()).toInstant().toEpochMilli();
        DayPlan plan = DayPlan.of(date, city, chance, midnight);
        days.put(date, plan);
        return plan;
    }

    /// `[count]` autocorrelated numbers of deviation 1.
    private double[] noise(int topic, int count, long slot) {
        double[] noise = new double[count];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < MEMORY.length; k++) {
                noise[i] += MEMORY[k] * chance.normal(topic, slot - k, i);
            }
        }
        return noise;
    }

    private static boolean out(long[] outage, long time) {
        return time >= outage[0] && time < outage[1];
    }
}
