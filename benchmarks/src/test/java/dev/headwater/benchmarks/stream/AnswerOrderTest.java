package dev.headwater.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerOrderTest {

    @Test
    void eachSensorIsAnsweredSlotBySlot() {
        // Given
        AnswerOrder order = new AnswerOrder(2, 11);

        // When
        order.take(0, 11);
        order.take(0, 12);
        order.take(1, 11);

        // Then
        order.take(1, 12);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11, 13})
    void anAnswerThatIsDoubledOrMissingIsNamed(int slot) {
        // Given
        AnswerOrder order = new AnswerOrder(2, 11);
        order.take(1, 11);

        // When, Then
        assertThatIllegalStateException()
                .isThrownBy(() -> order.take(1, slot))
                .withMessage("sensor 1: must be answered at slot 12 next, found " + slot);
    }
}
