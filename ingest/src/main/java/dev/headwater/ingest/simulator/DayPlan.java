package dev.headwater.ingest.simulator;

import java.time.LocalDate;
import java.util.List;

/// The random parameters of one local day.
///
/// @param demand    `[carriageway]` traffic demand, 1 = an ordinary working day
/// @param peakShift hours by which the peaks come later
/// @param incidents of the day, of all carriageways
/// @param outages   `[sensor][2]` begin and end of an outage, milliseconds since 1970; equal for none
record DayPlan(double[] demand, double peakShift, List<Incident> incidents, long[][] outages) {

    private static final double[] WEEKDAYS = {0.94, 1.02, 1.05, 1.06, 1.0, 0.22, 0.12}; // [Monday to Sunday]

    static DayPlan of(LocalDate date, City city, Chance chance, long midnight) {
        long day = date.toEpochDay();
        double weekday = WEEKDAYS[date.getDayOfWeek().getValue() - 1];
        double mood = 1 + 0.10 * chance.normal(Topic.MOOD, day, 0); // weather, holidays: the whole city
        double[] demand = new double[city.carriageways().size()];
        for (int c = 0; c < demand.length; c++) {
            demand[c] = Math.clamp(weekday * mood * (1 + 0.13 * chance.normal(Topic.DEMAND, day, c)), 0, 1.6);
        }
        double shift = 0.15 * chance.normal(Topic.PEAK, day, 0);
        return new DayPlan(
                demand, shift, incidents(day, weekday, city, chance, midnight), outages(day, city, chance, midnight));
    }

    /// About one incident per three carriageways on a working day, from 5 to 22 o'clock.
    private static List<Incident> incidents(long day, double weekday, City city, Chance chance, long midnight) {
        double probability = 0.25 + 0.1 * weekday;
        return city.carriageways().stream()
                .filter(c -> chance.uniform(Topic.INCIDENT, day, c.index()) < probability)
                .map(c -> {
                    double hour = chance.uniform(Topic.INCIDENT_HOUR, day, c.index(), 5, 22);
                    double mile = chance.uniform(Topic.INCIDENT_MILE, day, c.index(), 3, c.length() - 0.5);
                    double minutes = chance.uniform(Topic.INCIDENT_LENGTH, day, c.index(), 15, 75);
                    double severity = chance.uniform(Topic.INCIDENT_SEVERITY, day, c.index(), 0.35, 0.95);
                    return new Incident(
                            c.freeway(),
                            c.direction(),
                            c.postmile(mile),
                            midnight + (long) (hour * 3_600_000),
                            minutes,
                            severity);
                })
                .toList();
    }

    private static long[][] outages(long day, City city, Chance chance, long midnight) {
        long[][] outages = new long[city.sensors().size()][2];
        for (int s = 0; s < outages.length; s++) {
            if (chance.uniform(Topic.OUTAGE, day, s) < 0.03) {
                long start = midnight + (long) (chance.uniform(Topic.OUTAGE_START, day, s) * 86_400_000);
                outages[s][0] = start;
                outages[s][1] = start + (long) (chance.uniform(Topic.OUTAGE_LENGTH, day, s, 15, 180) * 60_000);
            }
        }
        return outages;
    }
}
