package dev.headwater.benchmarks.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void casesAreAllSensorsInAllStates() {
        // When
        Options options = Options.of(List.of("sensors=325,10000", "repeats=1,3"));

        // Then
        assertThat(options.cases())
                .containsExactly(
                        new StateCase(325, false, true),
                        new StateCase(10_000, false, true),
                        new StateCase(325, true, true),
                        new StateCase(10_000, true, true));
        assertThat(options.repeats(new StateCase(325, true, true))).isEqualTo(1);
        assertThat(options.repeats(new StateCase(10_000, false, true))).isEqualTo(3);
        assertThat(options.mostRepeats()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sensors", "sensor=3", "sensors=0", "sensors=3,", "seconds=x", "states=all", "repeats=1,2"})
    void wrongWordsAreRefused(String word) {
        // When, Then
        assertThatThrownBy(() -> Options.of(List.of(word))).isInstanceOf(InvalidInputException.class);
    }
}
