package dev.headwater.forecasting.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.Forecast;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResidualBandTest {

    @ParameterizedTest
    @CsvSource({"0.5, 1000", "0.8, 1000", "0.9, 137", "0.95, 5000", "0.8, 10"})
    void coversItsOwnSampleAboutAsOftenAsItSays(double level, int n) {
        // Given
        Random random = new Random(n);
        float[][] residuals = new float[2][n];
        for (int i = 0; i < n; i++) {
            residuals[0][i] = (float) random.nextGaussian(3, 2);
            residuals[1][i] = (float) -Math.log(random.nextDouble()); // skewed
        }

        // When
        ResidualBand band = ResidualBand.fit(level, residuals);

        // Then: each of the two quantiles may be off by one rank
        for (int step = 0; step < 2; step++) {
            int inside = 0;
            for (float residual : residuals[step]) {
                inside += residual >= band.lower()[step] && residual <= band.upper()[step] ? 1 : 0;
            }
            assertThat((double) inside / n).isEqualTo(level, within(2.0 / n));
            assertThat(band.lower()[step]).isLessThan(band.upper()[step]);
        }
    }

    @Test
    void liesAroundTheForecast() {
        // Given
        ResidualBand band = new ResidualBand(0.8, new float[] {-1, -3}, new float[] {2, 4});

        // When
        Forecast.Interval interval = band.around(new float[] {50, 60});

        // Then
        assertThat(interval.level()).isEqualTo(0.8);
        assertThat(interval.lower()).containsExactly(49, 57);
        assertThat(interval.upper()).containsExactly(52, 64);
    }

    @Test
    void oneResidualIsABandOfNoWidth() {
        // When
        ResidualBand band = ResidualBand.fit(0.8, new float[][] {{5}});

        // Then
        assertThat(band.lower()).containsExactly(5);
        assertThat(band.upper()).containsExactly(5);
    }
}
