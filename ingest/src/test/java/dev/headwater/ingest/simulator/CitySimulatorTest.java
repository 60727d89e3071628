package dev.headwater.ingest.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CitySimulatorTest {

    private static final SensorNetwork NETWORK = NetworkFile.load("simulated-city");
    private static final int DAY = 288;
    private static final int SENSORS = 325;
    /// Monday 2 January 2023, 00:00 in the city.
    private static final long MONDAY = Instant.parse("2023-01-02T08:00:00Z").toEpochMilli() / 300_000;

    private final CitySimulator city = new CitySimulator(NETWORK, SENSORS, 42);

    @Test
    void repeatsItselfForASeedWhateverTheOrderOfSlots() {
        // Given
        Series whole = city.history(MONDAY, 3 * DAY);
        // When another instance is asked backwards and from the middle
        CitySimulator again = new CitySimulator(NETWORK, SENSORS, 42);
        float[] speeds = new float[SENSORS];
        for (int row = 3 * DAY - 1; row >= 0; row -= 7) {
            again.speeds(MONDAY + row, speeds);
            for (int s = 0; s < SENSORS; s++) {
                assertThat(Float.compare(speeds[s], whole.target(s, row)))
                        .as("row %d", row)
                        .isZero();
            }
        }
        // Then another seed gives another city
        new CitySimulator(NETWORK, SENSORS, 43).speeds(MONDAY, speeds);
        long same = IntStream.range(0, SENSORS)
                .filter(s -> speeds[s] == whole.target(s, 0))
                .count();
        assertThat(same).isLessThan(SENSORS / 10);
    }

    @Test
    void hasRushHoursOnWorkingDaysAndNoneOnWeekends() {
        // Given four weeks
        Series series = city.history(MONDAY, 28 * DAY);
        // When the mean speed of the city is taken by hour
        double[] working = byHour(series, day -> day % 7 < 5);
        double[] weekend = byHour(series, day -> day % 7 >= 5);
        // Then
        assertThat(working[8]).isLessThan(working[3] - 5).isLessThan(working[11] - 3);
        assertThat(working[17]).isLessThan(working[3] - 5).isLessThan(working[13] - 3);
        assertThat(weekend[8]).isGreaterThan(working[8] + 4);
        assertThat(Arrays.stream(weekend).min().orElseThrow())
                .isGreaterThan(Arrays.stream(weekend).max().orElseThrow() - 4);
        assertThat(working[3]).isBetween(64.0, 70.0);
    }

    @Test
    void congestsInboundInTheMorningAndOutboundInTheEvening() {
        // Given the sensors of one freeway before and behind its middle, by direction of travel
        Series series = city.history(MONDAY, 5 * DAY);
        double inMorning = 0;
        double outMorning = 0;
        double inEvening = 0;
        double outEvening = 0;
        for (int s = 0; s < SENSORS; s++) {
            boolean inbound = isInbound(city.sensors(), s);
            inMorning += inbound ? mean(series, s, 8) : 0;
            outMorning += inbound ? 0 : mean(series, s, 8);
            inEvening += inbound ? mean(series, s, 17) : 0;
            outEvening += inbound ? 0 : mean(series, s, 17);
        }
        // Then
        assertThat(inMorning).isLessThan(outMorning * 0.9);
        assertThat(outEvening).isLessThan(inEvening * 0.97);
    }

    @Test
    void letsTheJamOfAnIncidentTravelUpstreamAtTwelveMilesAnHourAndDissolve() {
        // Given a quiet night, and the same night with an incident on 3N
        long slot = MONDAY + DAY + 2 * 12;
        CitySimulator hit = new CitySimulator(NETWORK, SENSORS, 42);
        long start = NETWORK.clock().startMillis(slot);
        hit.inject(new Incident("3", "N", 14, start, 40, 0.9));
        List<Integer> upstream = IntStream.range(0, SENSORS)
                .filter(s -> city.sensors().get(s).id().startsWith("3N")
                        && city.sensors().get(s).postmile() < 14)
                .boxed()
                .sorted(Comparator.comparingDouble(s -> -city.sensors().get(s).postmile()))
                .toList();
        // When the first slot is sought in which each sensor upstream is slowed by 20 mph
        int slots = 24;
        float[][] calm = rows(city, slot, slots);
        float[][] jammed = rows(hit, slot, slots);
        for (int s : upstream) {
            double miles = 14 - city.sensors().get(s).postmile();
            int arrival = firstSlowed(calm, jammed, s);
            // Then the jam arrives when its tail has moved that far, and ends at its maximum length
            if (miles < 6.5) {
                assertThat(arrival * 5.0).as("%.2f miles upstream", miles).isBetween(miles * 5 - 3, miles * 5 + 8);
            } else if (miles > 9) {
                assertThat(arrival).as("%.2f miles upstream", miles).isEqualTo(slots);
            }
        }
        // and downstream, on the other side and after two hours nothing differs
        for (int s = 0; s < SENSORS; s++) {
            assertThat(jammed[slots - 1][s] == calm[slots - 1][s] || Float.isNaN(calm[slots - 1][s]))
                    .isTrue();
            if (!upstream.contains(s) && Math.abs(city.sensors().get(s).postmile() - 14) > 0.5) {
                assertThat(firstSlowed(calm, jammed, s)).isEqualTo(slots);
            }
        }
    }

    @Test
    void losesAFewReadingsAndLetsSensorsFailForAWhile() {
        // Given, when
        Series series = city.history(MONDAY, 14 * DAY);
        int missing = 0;
        int longest = 0;
        for (int s = 0; s < SENSORS; s++) {
            int run = 0;
            for (int row = 0; row < series.slots(); row++) {
                run = Float.isNaN(series.target(s, row)) ? run + 1 : 0;
                missing += run > 0 ? 1 : 0;
                longest = Math.max(longest, run);
            }
        }
        // Then
        assertThat(missing / (double) (SENSORS * series.slots())).isBetween(0.004, 0.012);
        assertThat(longest).isBetween(24, 80);
    }

    @Test
    void reportsTenthsWithinTheRangeOfTraffic() {
        Series series = city.history(MONDAY, 2 * DAY);
        for (int s = 0; s < SENSORS; s++) {
            for (int row = 0; row < series.slots(); row++) {
                float speed = series.target(s, row);
                if (!Float.isNaN(speed)) {
                    assertThat(speed).isBetween(3f, 85f).isCloseTo(Math.round(speed * 10) / 10f, within(1e-4f));
                }
            }
        }
    }

    @Test
    void placesEverySensorOnItsOwnSpotAlongItsFreeway() {
        List<SimulatedSensor> sensors = city.sensors();
        assertThat(sensors).hasSize(SENSORS);
        assertThat(sensors.stream().map(SimulatedSensor::id)).doesNotHaveDuplicates();
        assertThat(new HashSet<>(sensors.stream()
                        .map(s -> s.latitude() + "," + s.longitude())
                        .toList()))
                .hasSize(SENSORS);
        assertThat(sensors.stream().map(s -> s.freeway() + s.direction()).distinct())
                .hasSize(16);
        assertThat(sensors).allSatisfy(s -> {
            assertThat(s.latitude()).isBetween(37.1, 37.6);
            assertThat(s.longitude()).isBetween(-122.2, -121.6);
            assertThat(s.sensor().id()).isEqualTo(s.id());
            assertThat(s.id()).startsWith(s.sensor().road() + "-");
            assertThat(s.sensor().position()).isEqualTo(s.postmile());
        });
    }

    @Test
    void drawsIncidentsForADay() {
        List<Incident> incidents = city.incidents(LocalDate.of(2023, 1, 3));
        assertThat(incidents)
                .isNotEmpty()
                .hasSizeLessThan(16)
                .isEqualTo(new CitySimulator(NETWORK, 5, 42).incidents(LocalDate.of(2023, 1, 3)));
    }

    @Test
    void makesTwoWeeksOfACityInAboutASecond() {
        city.history(MONDAY, DAY);
        long start = System.nanoTime();
        city.history(MONDAY, 14 * DAY);
        assertThat((System.nanoTime() - start) / 1e9).isLessThan(10); // ten times what an idle machine needs
    }

    @Test
    void refusesWhatItCannotSimulate() {
        assertThatThrownBy(() -> new CitySimulator(NETWORK, 0, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("sensors: must be from 1 to 100000, found 0");
        assertThatThrownBy(() -> city.history(MONDAY, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("slots: must be 1 or more, found 0");
        assertThatThrownBy(() -> city.inject(new Incident("99", "N", 1, 0, 10, 0.5)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("incident: the city has no freeway 99 to N");
        assertThatThrownBy(() -> new Incident("3", "N", 1, 0, 10, 1.5))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("found 10.0 and 1.5");
    }

    private static boolean isInbound(List<SimulatedSensor> sensors, int s) {
        SimulatedSensor sensor = sensors.get(s);
        List<SimulatedSensor> road = sensors.stream()
                .filter(o ->
                        o.freeway().equals(sensor.freeway()) && o.direction().equals(sensor.direction()))
                .toList();
        return road.indexOf(sensor) < road.size() / 2;
    }

    private static float[][] rows(CitySimulator city, long slot, int slots) {
        float[][] rows = new float[slots][SENSORS];
        for (int row = 0; row < slots; row++) {
            city.speeds(slot + row, rows[row]);
        }
        return rows;
    }

    private static int firstSlowed(float[][] calm, float[][] jammed, int sensor) {
        int row = 0;
        while (row < calm.length && !(jammed[row][sensor] < calm[row][sensor] - 20)) {
            row++;
        }
        return row;
    }

    private static double mean(Series series, int sensor, int hour) {
        double sum = 0;
        int n = 0;
        for (int row = 0; row < series.slots(); row++) {
            if (row % DAY / 12 == hour && !Float.isNaN(series.target(sensor, row))) {
                sum += series.target(sensor, row);
                n++;
            }
        }
        return sum / n;
    }

    private static double[] byHour(Series series, IntPredicate day) {
        double[] sum = new double[24];
        int[] n = new int[24];
        for (int s = 0; s < SENSORS; s++) {
            for (int row = 0; row < series.slots(); row++) {
                float speed = series.target(s, row);
                if (day.test(row / DAY) && !Float.isNaN(speed)) {
                    sum[row % DAY / 12] += speed;
                    n[row % DAY / 12]++;
                }
            }
        }
        return IntStream.range(0, 24).mapToDouble(h -> sum[h] / n[h]).toArray();
    }
}
