package dev.headwater.forecasting.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The course's worked examples on the rows 0 to 19: the data are `[:-3]` and the targets `[3:]`, so that the
/// target of window i is three rows after its first row.
class SampledWindowsTest {

    private static final int DELAY = 3;
    private static final int DATA = 20 - DELAY;

    static Stream<Arguments> examples() {
        return Stream.of(
                Arguments.of(
                        new SampledWindows(4, 3, 2, 0, DATA),
                        List.of("[0, 3, 6, 9] 3", "[2, 5, 8, 11] 5", "[4, 7, 10, 13] 7")),
                Arguments.of(
                        new SampledWindows(5, 1, 1, 0, DATA),
                        IntStream.range(0, 13)
                                .mapToObj(i -> List.of(i, i + 1, i + 2, i + 3, i + 4) + " " + (i + DELAY))
                                .toList()),
                Arguments.of(
                        new SampledWindows(3, 1, 1, 0, 6),
                        List.of("[0, 1, 2] 3", "[1, 2, 3] 4", "[2, 3, 4] 5", "[3, 4, 5] 6")),
                Arguments.of(new SampledWindows(3, 2, 1, 0, 8), List.of("[0, 2, 4] 3", "[1, 3, 5] 4", "[2, 4, 6] 5")),
                Arguments.of(new SampledWindows(3, 1, 1, 10, 13), List.of("[10, 11, 12] 13")),
                Arguments.of(new SampledWindows(3, 1, 1, 10, 12), List.of()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void givesThePrintedExamples(SampledWindows windows, List<String> printed) {
        // When
        List<String> found = IntStream.range(0, windows.count())
                .mapToObj(i -> Arrays.toString(windows.rows(i)) + " " + (windows.first(i) + DELAY))
                .toList();

        // Then
        assertThat(found).isEqualTo(printed);
    }

    @Test
    void findsTheWindowsThatAPlainSearchFinds() {
        // Given
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            int length = 1 + random.nextInt(6);
            int rate = 1 + random.nextInt(4);
            int stride = 1 + random.nextInt(4);
            int start = random.nextInt(10);
            int end = start + random.nextInt(40);
            List<Integer> expected = new ArrayList<>();
            for (int first = start; first + length * rate <= end; first += stride) {
                expected.add(first);
            }

            // When
            SampledWindows windows = new SampledWindows(length, rate, stride, start, end);

            // Then
            assertThat(IntStream.range(0, windows.count())
                            .map(windows::first)
                            .boxed()
                            .toList())
                    .as("seed %d, %s", seed, windows)
                    .isEqualTo(expected);
        }
    }

    @Test
    void refusesWhatMakesNoWindow() {
        // Then
        assertThatThrownBy(() -> new SampledWindows(4, 0, 1, 0, 9))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("samplingRate: must be at least 1, found 0");
        assertThatThrownBy(() -> new SampledWindows(4, 1, 1, 5, 4))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("endIndex: must be at least 5, found 4");
    }
}
