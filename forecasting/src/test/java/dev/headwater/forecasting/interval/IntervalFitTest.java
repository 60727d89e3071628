package dev.headwater.forecasting.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.WindowBatch;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalFitTest {

    private static final SensorNetwork NETWORK =
            new NetworkBuilder("town").window(new WindowSpec(4, 2)).build();
    private static final int WINDOWS = 20_000;

    private final Map<Long, Float> truths = new HashMap<>();
    private final History history = (sensor, slot) -> truths.getOrDefault(slot, Float.NaN);
    private final float[][] residuals = new float[2][WINDOWS]; // [step][window]

    /// Windows far from each other, every other one calm or restless, whose errors are as large as their
    /// changes.
    private WindowBatch windows(int seed, float[] values) {
        Random random = new Random(seed);
        WindowBatch batch = new WindowBatch(NETWORK, WINDOWS, history);
        truths.clear();
        for (int w = 0; w < WINDOWS; w++) {
            float change = w % 2 == 0 ? 0.5f : 5;
            batch.add("a", 10L * w, new float[] {50, 50 + change, 50, 50 + change});
            for (int step = 0; step < 2; step++) {
                values[2 * w + step] = 52;
                residuals[step][w] = (float) random.nextGaussian(0, change * (1 + step));
                truths.put(10L * w + step + 1, 52 + residuals[step][w]);
                residuals[step][w] = truths.get(10L * w + step + 1) - 52;
            }
        }
        return batch;
    }

    private static double coverage(
            IntervalTable table, WindowBatch batch, float[] values, float[][] residuals, int step, int first) {
        int inside = 0;
        float[] offsets = new float[2 * table.levels().bounds()];
        for (int w = first; w < WINDOWS; w += 2) {
            table.offsets(batch, w, values, offsets);
            int at = step * table.levels().bounds();
            inside += residuals[step][w] >= offsets[at] && residuals[step][w] <= offsets[at + 1] ? 1 : 0;
        }
        return inside / (WINDOWS / 2.0);
    }

    @Test
    void coversCalmAndRestlessWindowsAlike() {
        // Given
        float[] values = new float[2 * WINDOWS];
        IntervalFit fit = new IntervalFit(NETWORK.window(), Levels.DEFAULT, WINDOWS);
        fit.add(windows(1, values), values, history);
        IntervalTable table = fit.table();
        assertThat(table).isNotNull();

        // When
        WindowBatch others = windows(2, values);

        // Then
        for (int step = 0; step < 2; step++) {
            assertThat(coverage(table, others, values, residuals, step, 0)).isEqualTo(0.8, within(0.03));
            assertThat(coverage(table, others, values, residuals, step, 1)).isEqualTo(0.8, within(0.03));
        }
    }

    @Test
    void itsFixedQuantilesAreThoseOfTheSortedResiduals() {
        // Given
        float[] values = new float[2 * WINDOWS];
        IntervalFit fit = new IntervalFit(NETWORK.window(), Levels.DEFAULT, WINDOWS);
        WindowBatch batch = windows(3, values);
        fit.add(batch, values, history);

        // When
        IntervalTable table = fit.table();

        // Then
        assertThat(table).isNotNull();
        ResidualBand expected = ResidualBand.fit(0.8, residuals);
        assertThat(table.band().lower()).isEqualTo(expected.lower());
        assertThat(table.band().upper()).isEqualTo(expected.upper());
    }

    @Test
    void takesEveryNthOfVeryManyAndNeedsATruthForEachStep() {
        // Given
        float[] values = new float[2 * WINDOWS];
        IntervalFit fit = new IntervalFit(NETWORK.window(), Levels.DEFAULT, 99L * WINDOWS);
        WindowBatch batch = windows(4, values);
        IntervalFit without = new IntervalFit(NETWORK.window(), Levels.DEFAULT, WINDOWS);

        // When
        for (int i = 0; i < 99; i++) {
            fit.add(batch, values, history);
        }
        truths.keySet().removeIf(slot -> slot % 10 == 2);
        without.add(batch, values, history);

        // Then
        IntervalTable table = fit.table();
        assertThat(table).isNotNull();
        assertThat(table.fixed()[1]).isEqualTo(ResidualBand.fit(0.8, residuals).upper()[0], within(0.2f));
        assertThat(without.table()).isNull();
    }

    @Test
    void aBandGivesItsOwnBoundsAndNoneForOtherLevels() {
        // Given
        IntervalTable table =
                IntervalTable.of(new ResidualBand(0.8, new float[] {-1, -2}, new float[] {3, 4}), Levels.DEFAULT);
        float[] values = new float[2 * WINDOWS];
        WindowBatch batch = windows(5, values);
        float[] out = new float[8];

        // When
        table.offsets(batch, 1, values, out);

        // Then
        assertThat(out).containsExactly(-1, 3, Float.NaN, Float.NaN, -2, 4, Float.NaN, Float.NaN);
        assertThat(table.band().upper()).containsExactly(3, 4);
    }
}
