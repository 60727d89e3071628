package dev.headwater.forecasting.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriftDetectorTest {

    private static final int DAY = 24; // slots
    private static final int CHANGE = 30 * DAY;
    private static final int END = 60 * DAY;

    private final Random random = new Random(11);

    /// A sensor around 60 with deviations of 2 that last an hour or two, whose forecasts are better than persistence.
    private final class Sensor {
        private final byte[] bytes = new byte[DriftDetector.BYTES + 4];
        private final DriftDetector detector = new DriftDetector(DAY).on(bytes, 3);
        private final List<Integer> found = new ArrayList<>(); // slots
        private final List<DriftKind> kinds = new ArrayList<>();
        private double deviation;

        void add(int slot, double factor, double error) {
            deviation = 0.5 * deviation + 2 * random.nextGaussian();
            double reading = 60 * factor + deviation;
            DriftKind kind =
                    detector.add(slot, (float) reading, 60, 3, (float) (error + 0.2 * random.nextGaussian()), 2);
            if (kind != null) {
                found.add(slot);
                kinds.add(kind);
            }
        }
    }

    @Test
    void findsNothingWhereNothingChanges() {
        // Given twenty sensors / When they run for a year / Then
        for (int i = 0; i < 20; i++) {
            Sensor sensor = new Sensor();
            for (int slot = 0; slot < 365 * DAY; slot++) {
                sensor.add(slot, 1, 1.5);
            }
            assertThat(sensor.found).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.7, 0.9, 1.1, 2})
    void findsAChangeOfTheReadingsOnceWithinTwoDays(double factor) {
        // Given
        Sensor sensor = new Sensor();

        // When
        for (int slot = 0; slot < END; slot++) {
            sensor.add(slot, slot < CHANGE ? 1 : factor, 1.5);
        }

        // Then
        assertThat(sensor.kinds).containsExactly(DriftKind.READINGS);
        assertThat(sensor.found.getFirst()).isBetween(CHANGE + 6, CHANGE + 2 * DAY);
    }

    @Test
    void findsForecastsThatBecomeWorseThanPersistence() {
        // Given
        Sensor sensor = new Sensor();

        // When
        for (int slot = 0; slot < CHANGE + 5 * DAY; slot++) {
            sensor.add(slot, 1, slot < CHANGE ? 1.5 : 5);
        }

        // Then
        assertThat(sensor.kinds).containsExactly(DriftKind.ERROR);
        assertThat(sensor.detector.isDrifting()).isTrue();
    }

    @Test
    void aFewHoursUnlikeAllOthersAreNoDrift() {
        // Given
        Sensor sensor = new Sensor();

        // When eight hours differ as much as can be
        for (int slot = 0; slot < END; slot++) {
            sensor.add(slot, slot >= CHANGE && slot < CHANGE + DAY / 3 ? 0.1 : 1, 1.5);
        }

        // Then
        assertThat(sensor.found).isEmpty();
    }

    @Test
    void isWatchedAgainWhenItHasCalmedDown() {
        // Given a change that passes after four days, and another one
        Sensor sensor = new Sensor();

        // When
        for (int slot = 0; slot < END; slot++) {
            boolean changed = (slot >= CHANGE && slot < CHANGE + 4 * DAY) || slot >= CHANGE + 15 * DAY;
            sensor.add(slot, changed ? 0.7 : 1, 1.5);
            if (slot == CHANGE + 3 * DAY) {
                assertThat(sensor.detector.isDrifting()).isTrue();
            }
            if (slot == CHANGE + 14 * DAY) {
                assertThat(sensor.detector.isDrifting()).isFalse();
            }
        }

        // Then
        assertThat(sensor.found).hasSize(2);
    }

    @Test
    void aSensorWithoutAProfileIsComparedWithItsOwnMean() {
        // Given
        DriftDetector detector = new DriftDetector(DAY).on(new byte[DriftDetector.BYTES], 0);
        List<Integer> found = new ArrayList<>();

        // When its daily swing goes on, and then it reports half of it
        for (int slot = 0; slot < END; slot++) {
            double reading = 50 + 20 * Math.sin(2 * Math.PI * slot / DAY) + random.nextGaussian();
            float reported = (float) (slot < CHANGE ? reading : reading / 2);
            if (detector.add(slot, reported, Float.NaN, Float.NaN, Float.NaN, Float.NaN) != null) {
                found.add(slot);
            }
        }

        // Then
        assertThat(found).isNotEmpty();
        assertThat(found.getFirst()).isBetween(CHANGE, CHANGE + 4 * DAY);
    }

    @Test
    void missingValuesRepetitionsAndConstantReadingsChangeNothing() {
        // Given
        DriftDetector detector = new DriftDetector(DAY).on(new byte[DriftDetector.BYTES], 0);

        // When / Then
        for (int slot = 0; slot < END; slot++) {
            assertThat(detector.add(slot, 5, 5, 0, 0, 0)).isNull();
            assertThat(detector.add(slot, 500, 5, 0, 100, 0)).isNull();
            assertThat(detector.add(slot, Float.NaN, Float.NaN, Float.NaN, Float.NaN, 1))
                    .isNull();
        }
    }
}
