package dev.headwater.forecasting.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.baseline.Persistence;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Range;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BreakdownTest {

    private static final Map<String, String> SHORT =
            Map.of("window.lookback", "4", "window.horizon", "3", "zone", "America/Los_Angeles");
    private static final SensorNetwork TRAFFIC = NetworkFile.load("pems-bay", SHORT);
    private static final Range RANGE = new Range(500, 1500);
    private static final int TRAIN_ROWS = 600;

    /// Speeds of three sensors over a week with the change to daylight saving, with gaps; the third starts
    /// late.
    private static Series series(SensorNetwork network) {
        Random random = new Random(3);
        Series.Builder builder = new Series.Builder(network);
        long first = network.clock().slotOf(1_489_000_000_000L);
        for (int slot = 0; slot < 2010; slot++) {
            for (int s = 0; s < 3; s++) {
                boolean present = random.nextInt(10) > 0 && (s < 2 || slot >= 1200);
                float speed = random.nextInt(4) == 0 ? 5 + random.nextInt(40) : 60 + random.nextInt(10);
                builder.add("s" + s, first + slot, new float[] {present ? speed : 0});
            }
        }
        return builder.build();
    }

    /// Sums of one group: absolute, squared, relative and signed error, and count.
    private static double[] sums(Map<String, double[]> groups, String name) {
        return groups.computeIfAbsent(name, key -> new double[5]);
    }

    private static void count(double[] sums, float forecast, float truth) {
        double error = (double) forecast - truth;
        sums[0] += Math.abs(error);
        sums[1] += error * error;
        sums[2] += Math.abs(error) / truth;
        sums[3] += error;
        sums[4]++;
    }

    private static double limit(Series series, int sensor) {
        double[] sorted = new double[TRAIN_ROWS];
        int count = 0;
        for (int row = 0; row < TRAIN_ROWS; row++) {
            float value = series.target(sensor, row);
            if (!Float.isNaN(value)) {
                sorted[count++] = value;
            }
        }
        Arrays.sort(sorted, 0, count);
        return count == 0 ? Double.NaN : 0.6 * sorted[(int) Math.ceil(0.95 * count) - 1];
    }

    /// Errors of persistence by group, computed with plain loops over the history.
    private static Map<String, double[]> plain(Series series) {
        Map<String, double[]> groups = new TreeMap<>();
        for (int s = 0; s < 3; s++) {
            for (int first = RANGE.first(); first < RANGE.end(); first++) {
                float last = Float.NaN;
                for (int row = first; row < first + 4; row++) {
                    last = Float.isNaN(series.target(s, row)) ? last : series.target(s, row);
                }
                for (int step = 0; step < 3 && !Float.isNaN(last); step++) {
                    int row = first + 4 + step;
                    float truth = series.target(s, row);
                    if (!Float.isNaN(truth)) {
                        ZonedDateTime time = series.network()
                                .clock()
                                .start(series.firstSlot() + row)
                                .atZone(series.network().zone());
                        count(sums(groups, "s" + s), last, truth);
                        count(sums(groups, String.format("%02d", time.getHour())), last, truth);
                        count(sums(groups, truth < limit(series, s) ? "congested" : "free flow"), last, truth);
                        count(sums(groups, "step " + step), last, truth);
                    }
                }
            }
        }
        return groups;
    }

    private static Breakdown.Table broken(Series series) {
        Forecaster forecaster = new Persistence(3, -1);
        Breakdown breakdown =
                new Breakdown(series, Congestion.of(series, TRAIN_ROWS).orElse(null));
        new Evaluation(series, RANGE).errors(forecaster, null, breakdown, done -> {});
        return breakdown.table();
    }

    private static void assertSame(ErrorGroup group, double[] sums) {
        Offset<Double> within = Offset.offset(1e-9);
        assertThat(group.n()).as(group.name()).isEqualTo((long) sums[4]);
        assertThat(group.mae()).as(group.name()).isCloseTo(sums[0] / sums[4], within);
        assertThat(group.rmse()).isCloseTo(Math.sqrt(sums[1] / sums[4]), within);
        assertThat(group.mape()).isCloseTo(100 * sums[2] / sums[4], Offset.offset(1e-4));
        assertThat(group.bias()).isCloseTo(sums[3] / sums[4], within);
    }

    @Test
    void givesTheFiguresOfPlainLoops() {
        // Given a week of traffic
        Series series = series(TRAFFIC);
        Map<String, double[]> expected = plain(series);
        // When persistence is evaluated on it
        Breakdown.Table table = broken(series);
        // Then each group has the errors of the loops, and none is missing
        assertThat(table.perSensor()).extracting(ErrorGroup::name).containsExactly("s0", "s1", "s2");
        assertThat(table.byHour()).hasSize(24);
        Breakdown.Split congestion = Objects.requireNonNull(table.congestion());
        assertThat(congestion.groups()).extracting(ErrorGroup::name).containsExactly("congested", "free flow");
        for (List<ErrorGroup> groups : List.of(table.perSensor(), table.byHour(), congestion.groups())) {
            for (ErrorGroup group : groups) {
                assertSame(group, Objects.requireNonNull(expected.get(group.name())));
            }
        }
        for (int step = 0; step < 3; step++) {
            double[] sums = Objects.requireNonNull(expected.get("step " + step));
            assertThat(table.bias().get(step)).isCloseTo(sums[3] / sums[4], Offset.offset(1e-9));
        }
    }

    @Test
    void knowsOfNoCongestionElsewhere() {
        // When the network has another domain
        SensorNetwork weather = NetworkFile.load(
                "pems-bay", Map.of("domain", "weather", "window.horizon", "3", "window.lookback", "4"));
        // Then there is no congestion
        assertThat(broken(series(weather)).congestion()).isNull();
        assertThat(Congestion.of(series(TRAFFIC), TRAIN_ROWS)).isPresent();
    }

    @Test
    void leavesOutWhatHasNoTruth() {
        // Given a range in which the third sensor is silent
        Series series = series(TRAFFIC);
        Breakdown breakdown = new Breakdown(series, null);
        // When it is evaluated
        new Evaluation(series, new Range(0, 30)).errors(new Persistence(3, -1), null, breakdown, done -> {});
        // Then there is no group for that sensor, nor for hours outside the range
        assertThat(breakdown.table().perSensor()).extracting(ErrorGroup::name).containsExactly("s0", "s1");
        assertThat(breakdown.table().byHour()).hasSizeLessThan(6);
    }
}
