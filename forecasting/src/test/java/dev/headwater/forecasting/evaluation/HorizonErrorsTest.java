package dev.headwater.forecasting.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.Fixtures;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HorizonErrorsTest {

    private static final int STEPS = 3;

    /// Forecasts and truths with missing truths, zeros and exact hits.
    private static float[][][] pairs(long seed) {
        Random random = new Random(seed);
        float[][][] pairs = new float[STEPS][200][2]; // [step][n][forecast, truth]
        for (float[][] step : pairs) {
            for (float[] pair : step) {
                pair[0] = random.nextInt(-50, 50) / 4f;
                pair[1] = switch (random.nextInt(5)) {
                    case 0 -> Float.NaN;
                    case 1 -> 0;
                    case 2 -> pair[0];
                    default -> random.nextInt(-50, 50) / 4f;
                };
            }
        }
        return pairs;
    }

    private static double plain(float[][] pairs, String which) {
        double sum = 0;
        int n = 0;
        for (float[] pair : pairs) {
            double truth = pair[1];
            if (Double.isNaN(truth) || (which.equals("mape") && truth == 0)) {
                continue;
            }
            n++;
            double error = Math.abs(pair[0] - truth);
            sum += switch (which) {
                case "mae" -> error;
                case "rmse" -> error * error;
                case "mape" -> 100 * error / Math.abs(truth);
                default -> 1;
            };
        }
        return which.equals("n") ? sum : which.equals("rmse") ? Math.sqrt(sum / n) : sum / n;
    }

    @Test
    void agreesWithPlainSumsOverTheObservedTruths() {
        // Given
        float[][][] pairs = pairs(2);
        HorizonErrors all = new HorizonErrors(STEPS);
        HorizonErrors[] halves = {new HorizonErrors(STEPS), new HorizonErrors(STEPS)};

        // When
        for (int step = 0; step < STEPS; step++) {
            for (int i = 0; i < pairs[step].length; i++) {
                all.add(step, pairs[step][i][0], pairs[step][i][1]);
                halves[i % 2].add(step, pairs[step][i][0], pairs[step][i][1]);
            }
        }
        halves[0].addAll(halves[1]);

        // Then
        for (HorizonErrors errors : new HorizonErrors[] {all, halves[0]}) {
            ErrorTable table = errors.table(Fixtures.network(Duration.ofMinutes(5), 4, STEPS));
            double[] mean = new double[3];
            for (int step = 0; step < STEPS; step++) {
                ErrorTable.Step row = table.horizons().get(step);
                assertThat(row.step()).isEqualTo(step + 1);
                assertThat(row.minutes()).isEqualTo(5.0 * (step + 1));
                assertThat(row.mae()).isEqualTo(plain(pairs[step], "mae"), within(1e-9));
                assertThat(row.rmse()).isEqualTo(plain(pairs[step], "rmse"), within(1e-9));
                assertThat(row.mape()).isEqualTo(plain(pairs[step], "mape"), within(1e-9));
                assertThat((double) row.n()).isEqualTo(plain(pairs[step], "n"));
                mean[0] += row.mae() / STEPS;
                mean[1] += row.rmse() / STEPS;
                mean[2] += row.mape() / STEPS;
            }
            assertThat(table.mean().mae()).isEqualTo(mean[0], within(1e-9));
            assertThat(table.mean().rmse()).isEqualTo(mean[1], within(1e-9));
            assertThat(table.mean().mape()).isEqualTo(mean[2], within(1e-9));
            assertThat(errors.meanMae()).isEqualTo(mean[0], within(1e-9));
        }
    }

    @Test
    void saysNotANumberWhereNothingWasCounted() {
        // Given
        HorizonErrors errors = new HorizonErrors(1);

        // When
        errors.add(0, 1, Float.NaN);

        // Then
        assertThat(errors.mae(0)).isNaN();
        assertThat(errors.rmse(0)).isNaN();
        assertThat(errors.mape(0)).isNaN();
        assertThat(errors.count(0)).isZero();
    }

    @Test
    void doesNotHideAForecastThatIsNoNumber() {
        // Given
        HorizonErrors errors = new HorizonErrors(1);

        // When
        errors.add(0, 5, 5);
        errors.add(0, Float.NaN, 5);

        // Then
        assertThat(errors.mae(0)).isNaN();
        assertThat(errors.count(0)).isEqualTo(2);
    }
}
