package dev.headwater.trainer.layer;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OneCycleScheduleTest {

    @ParameterizedTest
    @CsvSource({"0, 4e-5", "29, 1e-3", "64, 5.0000200e-4", "99, 4e-9", "500, 4e-9"})
    void drawsTheCurveOfPyTorch(int iteration, double expected) {
        // Given a cycle of 100 updates up to 1e-3: rise to update 29, fall to 99, half-way down at 64
        // When the rate is asked for, then it is that of OneCycleLR with its defaults
        assertThat(new OneCycleSchedule(1e-3, 100).valueAt(iteration, 0))
                .isCloseTo(expected, Offset.offset(1e-9 + 1e-6 * expected));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7})
    void isPositiveHoweverShortTheCycle(int iterations) {
        // Given a very short cycle, when all its rates are asked for, then they lie between zero and the highest
        for (int i = 0; i < iterations; i++) {
            assertThat(new OneCycleSchedule(0.1, iterations).valueAt(i, 0)).isBetween(1e-7, 0.1);
        }
    }

    @Test
    void copiesAreEqual() {
        // Given a schedule, when it is cloned, then the copy is equal and one of another length is not
        OneCycleSchedule schedule = new OneCycleSchedule(0.1, 10);
        assertThat(schedule.clone()).isEqualTo(schedule).hasSameHashCodeAs(schedule);
        assertThat(new OneCycleSchedule(0.1, 11)).isNotEqualTo(schedule);
    }
}
