package dev.headwater.ingest.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarsTest {

    private static final long SECOND = 1_000_000_000L;
    private static final String MESSAGE = "loss 2.345, best validation MAE 1.823, 0:12 left in all";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();

    private Bars bars(boolean drawn, int columns) {
        return new Bars(new PrintStream(out, true, StandardCharsets.UTF_8), drawn, () -> columns, clock::get);
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private List<String> lines() {
        return List.of(written().replace("\u001b[K", "").split("[\r\n]+"));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 100, 200})
    void aLineFitsTheTerminalWithWholeWordsAndABar(int columns) {
        // Given a partly completed training
        try (ProgressBar bar = bars(true, columns).openUntimed("seed 42, epoch 12/100", 250_000, "windows")) {
            bar.stepTo(105_000);
            bar.setExtraMessage(MESSAGE);
            clock.addAndGet(SECOND);
            // When it is drawn
            await().until(() -> written().contains("loss"));
        }
        // Then
        assertThat(lines()).allMatch(line -> line.length() < columns, "shorter than " + columns + " columns");
        String last = lines().getLast();
        assertThat(last).contains("42 % [====").contains("] loss 2.345");
        List<String> words =
                List.of(last.substring(last.indexOf(']') + 1).strip().split(", "));
        assertThat(words).allMatch(word -> MESSAGE.contains(word) || word.matches("[0-9]+ windows/s"));
    }

    @Test
    void whatHasNoKnownEndIsNotAnEmptyBarAndLeavesNothing() {
        // Given something of unknown length that takes a while
        try (ProgressBar bar = bars(true, 80).open("prepare", 0, "")) {
            clock.addAndGet(SECOND);
            // When it is shown
            await().until(() -> written().contains("prepare, "));
            bar.refresh();
        }
        // Then it has no percentage and no brackets, and is erased at the end
        assertThat(written()).doesNotContain("%", "0/0", "?").endsWith("\r\u001b[K");
        assertThat(written().replace("\u001b[K", "")).doesNotContain("[");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatFailsAtOnceShowsNoBar(boolean drawn) {
        // When work ends before any of it is done
        bars(drawn, 80).open("prepare", 0, "").close();
        bars(drawn, 80).open("evaluate", 100, "windows").close();

        // Then
        assertThat(written()).isEmpty();
    }

    @Test
    void aLogGetsAPlainLineEveryFiveSecondsAndOneAtTheEnd() {
        // Given
        try (ProgressBar bar = bars(false, 80).open("evaluate", 1_000, "windows")) {
            // When ten seconds go by, and it is done
            bar.stepTo(420);
            clock.addAndGet(6 * SECOND);
            await().until(() -> lines().size() == 1 && written().endsWith(System.lineSeparator()));
            bar.stepTo(840);
            clock.addAndGet(6 * SECOND);
            await().until(() -> lines().size() == 2);
            bar.stepTo(1_000);
        }
        // Then
        assertThat(written()).doesNotContain("\r", "\u001b", "[");
        assertThat(lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("evaluate: 42 %, 420 of 1000 windows, "),
                        line -> assertThat(line).startsWith("evaluate: 84 %, 840 of 1000 windows, "),
                        line -> assertThat(line).startsWith("evaluate: 100 %, 1000 of 1000 windows, "));
    }

    @Test
    void aBarThatIsDoneIsDrawnOnce() {
        // When
        try (ProgressBar bar = bars(true, 80).open("evaluate", 100, "windows")) {
            bar.stepTo(100);
        }

        // Then
        assertThat(written().chars().filter(character -> character == '\n').count())
                .isEqualTo(1);
        assertThat(lines().getLast()).startsWith("evaluate 100 % [===");
    }

    @Test
    void closingKeepsTheInterruptThatAsksToStop() {
        // Given an interrupted thread
        ProgressBar bar = bars(true, 80).open("evaluate", 100, "windows");
        bar.stepTo(100);
        Thread.currentThread().interrupt();

        // When
        bar.close();

        // Then its interrupt flag is still set, and the bar is drawn to its end
        assertThat(Thread.interrupted()).isTrue();
        assertThat(lines().getLast()).startsWith("evaluate 100 %");
    }
}
