package dev.headwater.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.data.TimeWindows.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The worked examples of document 001 are about the numbers from 0 to 19: data are 0 to 16, targets 3 to 19.
class TimeWindowsTest {

    private static final int[] SEQUENCE = IntStream.range(0, 20).toArray();
    private static final int DELAY = 3;

    /// The windows as the document prints them: `[0, 3, 6, 9] 3`.
    private static List<String> printed(Steps steps) {
        int rows = SEQUENCE.length - DELAY;
        TimeWindows windows = TimeWindows.of(rows, rows, steps);
        return IntStream.range(0, windows.size())
                .mapToObj(window -> Arrays.toString(IntStream.of(windows.rows(window))
                                .map(row -> SEQUENCE[row])
                                .toArray())
                        + " "
                        + SEQUENCE[windows.target(window) + DELAY])
                .toList();
    }

    @Test
    void givesTheFirstExampleOfTheDocument() {
        assertThat(printed(new Steps(4, 2, 3)))
                .containsExactly("[0, 3, 6, 9] 3", "[2, 5, 8, 11] 5", "[4, 7, 10, 13] 7");
    }

    @Test
    void givesTheExampleOfTooFewTargets() {
        assertThat(printed(Steps.of(5)))
                .containsExactly(
                        "[0, 1, 2, 3, 4] 3",
                        "[1, 2, 3, 4, 5] 4",
                        "[2, 3, 4, 5, 6] 5",
                        "[3, 4, 5, 6, 7] 6",
                        "[4, 5, 6, 7, 8] 7",
                        "[5, 6, 7, 8, 9] 8",
                        "[6, 7, 8, 9, 10] 9",
                        "[7, 8, 9, 10, 11] 10",
                        "[8, 9, 10, 11, 12] 11",
                        "[9, 10, 11, 12, 13] 12",
                        "[10, 11, 12, 13, 14] 13",
                        "[11, 12, 13, 14, 15] 14",
                        "[12, 13, 14, 15, 16] 15");
    }

    /// The document's three questions, each with the first windows of the answer. It prints a 12 in the last
    /// one, where
    /// its own example has the 13.
    @Test
    void answersTheQuestionsOfTheDocument() {
        assertThat(printed(Steps.of(3))).startsWith("[0, 1, 2] 3", "[1, 2, 3] 4", "[2, 3, 4] 5");
        assertThat(printed(new Steps(3, 1, 2))).startsWith("[0, 2, 4] 3", "[1, 3, 5] 4", "[2, 4, 6] 5");
        assertThat(printed(new Steps(4, 2, 3))).startsWith("[0, 3, 6, 9] 3", "[2, 5, 8, 11] 5", "[4, 7, 10, 13] 7");
    }

    @Test
    void countsTheWindowsOfTheWholeWeather() {
        // Given the settings and the cuts of the document
        Steps steps = new Steps(120, 1, 6);
        int rows = 420_551 - 6 * (120 + 24 - 1);
        // When
        TimeWindows train = TimeWindows.of(rows, rows, steps, 0, 210_275);
        TimeWindows validation = TimeWindows.of(rows, rows, steps, 210_275, 210_275 + 105_137);
        TimeWindows test = TimeWindows.of(rows, rows, steps, 210_275 + 105_137, null);
        // Then they make up the batches of 256 that it prints: 819 for training and 405 for the test
        assertThat(train.size()).isEqualTo(209_556);
        assertThat((train.size() + 255) / 256).isEqualTo(819);
        assertThat(validation.size()).isEqualTo(104_418);
        assertThat((test.size() + 255) / 256).isEqualTo(405);
    }

    @Test
    void agreesWithSlicesTakenOneByOne() {
        Random random = new Random(1);
        for (int trial = 0; trial < 2_000; trial++) {
            // Given
            int rows = 1 + random.nextInt(60);
            int targets = 1 + random.nextInt(60);
            int start = random.nextInt(rows);
            int end = start + 1 + random.nextInt(rows - start);
            Steps steps = new Steps(1 + random.nextInt(6), 1 + random.nextInt(4), 1 + random.nextInt(4));
            List<List<Integer>> expected = slices(rows, targets, steps, start, end);
            // When
            List<List<Integer>> found = found(rows, targets, steps, start, end);
            // Then
            assertThat(found)
                    .as("%d %d %s %d %d", rows, targets, steps, start, end)
                    .isEqualTo(expected);
        }
    }

    /// Each window's rows, then its target.
    private static List<List<Integer>> slices(int rows, int targets, Steps steps, int start, int end) {
        List<Integer> data = IntStream.range(0, rows).boxed().toList().subList(start, end);
        List<List<Integer>> slices = new ArrayList<>();
        int span = steps.sequenceLength() * steps.samplingRate();
        for (int first = 0; first + span <= data.size(); first += steps.sequenceStride()) {
            List<Integer> slice = new ArrayList<>();
            for (int at = first; at < first + span; at += steps.samplingRate()) {
                slice.add(data.get(at));
            }
            if (start + first < Math.min(end, targets)) {
                slice.add(start + first);
                slices.add(slice);
            }
        }
        return slices;
    }

    private static List<List<Integer>> found(int rows, int targets, Steps steps, int start, int end) {
        TimeWindows windows;
        try {
            windows = TimeWindows.of(rows, targets, steps, start, end == rows && rows % 2 == 0 ? null : end);
        } catch (InvalidInputException none) {
            return List.of();
        }
        List<List<Integer>> found = new ArrayList<>();
        for (int window = 0; window < windows.size(); window++) {
            List<Integer> all =
                    new ArrayList<>(IntStream.of(windows.rows(window)).boxed().toList());
            all.add(windows.target(window));
            found.add(all);
        }
        return found;
    }

    @Test
    void refusesWhatIsNoWindow() {
        assertThatThrownBy(() -> new Steps(0, 1, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("windows: sequenceLength must be 1 or more, found 0");
        assertThatThrownBy(() -> new Steps(1, 0, 1)).hasMessageContaining("sequenceStride");
        assertThatThrownBy(() -> new Steps(1, 1, 0)).hasMessageContaining("samplingRate");
        assertThatThrownBy(() -> TimeWindows.of(10, 10, Steps.of(2), 10, null))
                .hasMessage("windows: start must be from 0 to 9, found 10");
        assertThatThrownBy(() -> TimeWindows.of(10, 10, Steps.of(2), 4, 4))
                .hasMessage("windows: end must be from 5 to 10, found 4");
        assertThatThrownBy(() -> TimeWindows.of(10, 10, new Steps(4, 1, 3)))
                .hasMessage(
                        "windows of 4 x 3 rows: must fit between the rows 0 and 10, found 10 targets and no window");
    }
}
