package dev.headwater.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bus.ValueFormat;
import dev.headwater.streams.Guarantee;
import org.junit.jupiter.api.Test;

class StreamCaseTest {

    @Test
    void aProcessIsToldAllOfACase() {
        // Given
        StreamCase one = StreamCase.of(Guarantee.AT_LEAST_ONCE, 7)
                .by(StreamCase.Engine.ONNX_RUNTIME)
                .on(3)
                .unscored()
                .withoutIntervals()
                .inBinary();

        // When
        StreamCase told = StreamCase.of(one.words());

        // Then
        assertThat(told)
                .isEqualTo(new StreamCase(
                        StreamCase.Engine.ONNX_RUNTIME,
                        Guarantee.AT_LEAST_ONCE,
                        7,
                        3,
                        false,
                        false,
                        ValueFormat.BINARY,
                        ValueFormat.BINARY));
    }
}
