package dev.headwater.forecasting.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.interval.IntervalTable;
import dev.headwater.forecasting.interval.Levels;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTensorsTest {

    private static final String WEIGHTS = "weights.safetensors";
    private static final IntervalTable TABLE = table();
    private static final byte[] SOUND = ModelFile.write(with(TABLE));

    /// Two steps, three knots.
    private static IntervalTable table() {
        float[] ones = new float[IntervalTable.INPUTS];
        Arrays.fill(ones, 1);
        float[] quantiles = new float[2 * 3 * 4];
        for (int i = 0; i < quantiles.length; i += 4) {
            System.arraycopy(new float[] {-1, 1, -2, 2.5f}, 0, quantiles, i, 4);
        }
        return new IntervalTable(
                Levels.DEFAULT,
                0.5f,
                new float[IntervalTable.INPUTS],
                ones,
                new float[2 * (IntervalTable.INPUTS + 1)],
                new float[] {-1, 0, 1, -1, 0, 1},
                quantiles,
                Arrays.copyOf(quantiles, 8));
    }

    private static ForecastModel with(IntervalTable table) {
        ForecastModel small = Models.small(5);
        return new ForecastModel(
                small.manifest(),
                small.parameters(),
                small.scaler(),
                small.metrics(),
                small.seasonalStates(),
                small.samples(),
                small.card(),
                table,
                null);
    }

    @Test
    void bringTheTableBack() {
        // When
        ForecastModel back = ModelFile.read(SOUND, "test");

        // Then
        assertThat(back.intervals()).usingRecursiveComparison().isEqualTo(TABLE);
        assertThat(back.intervals(Levels.DEFAULT)).isSameAs(back.intervals());
        assertThat(back.parameters()).isEqualTo(Models.small(5).parameters());
        assertThat(ModelFile.write(back)).isEqualTo(SOUND);
    }

    @Test
    void aModelWithoutThemHasItsBand() {
        // When
        IntervalTable table = Models.small(5).intervals(Levels.DEFAULT);

        // Then
        assertThat(table).isNotNull();
        assertThat(table.fixed()).containsExactly(-1, 1, Float.NaN, Float.NaN, -2, 2, Float.NaN, Float.NaN);
    }

    @Test
    void otherLevelsThanTheFittedOnesHaveNoBounds() {
        // When
        IntervalTable table = TABLE.at(new Levels(List.of(0.5, 0.95)));

        // Then
        assertThat(table.fixed()).containsExactly(Float.NaN, Float.NaN, -2, 2.5f, Float.NaN, Float.NaN, -2, 2.5f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "intervals.unit | 0 | intervals.unit must be above 0, found 0.0",
                "intervals.deviations | -1 | intervals.deviations must be above 0, found -1.0",
                "intervals.weights | NaN | intervals.weights must be finite, found NaN",
                "intervals.means | Infinity | intervals.means must be finite, found Infinity",
                "intervals.levels | 0.5 | intervals.levels: must be ascending between 0 and 1, found [0.5, 0.5]",
                "intervals.quantiles | NaN | intervals.quantiles must be finite, found NaN",
                "intervals.quantiles | 1e30 | its forecasts on trial must lie from",
                "intervals.fixed | -Infinity | intervals.fixed must be finite, found -Infinity"
            })
    void refuseWhatCannotBe(String tensor, float value, String message) {
        // Given
        byte[] artefact = Resealed.tensor(SOUND, WEIGHTS, tensor, value);

        // Then
        assertThatThrownBy(() -> ModelFile.read(artefact, "test"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("test")
                .hasMessageContaining(message);
    }

    @Test
    void refuseBoundsThatCross() {
        // Given
        float[] crossed = TABLE.quantiles().clone();
        crossed[6] = 0; // the lower bound of 95 % above that of 80 %
        float[] turned = TABLE.knots().clone();
        turned[1] = 2;

        // Then
        assertThatThrownBy(() -> ModelFile.read(ModelFile.write(with(like(TABLE.knots(), crossed))), "test"))
                .hasMessageContaining("intervals.quantiles must be wider for a higher level, found 0.0 to 2.5");
        assertThatThrownBy(() -> ModelFile.read(ModelFile.write(with(like(turned, TABLE.quantiles()))), "test"))
                .hasMessageContaining("intervals.knots must be ascending");
    }

    private static IntervalTable like(float[] knots, float[] quantiles) {
        return new IntervalTable(
                TABLE.levels(),
                TABLE.unit(),
                TABLE.means(),
                TABLE.deviations(),
                TABLE.weights(),
                knots,
                quantiles,
                TABLE.fixed());
    }
}
