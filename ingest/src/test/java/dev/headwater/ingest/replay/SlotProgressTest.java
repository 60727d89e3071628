package dev.headwater.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.ingest.replay.ReplayOptions.Progress;
import dev.headwater.ingest.terminal.Bars;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SlotProgressTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long ALL = 10;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();

    @Test
    void appearsAfterASecondWhenAskedFor() {
        assertThat(shown(Progress.ALWAYS, ALL, 2 * SECOND, false)).contains("pems-bay", "10 of 10 slots");
    }

    @Test
    void staysAwayWhenItIsQuickOrNotWanted() {
        assertThat(shown(Progress.ALWAYS, ALL, SECOND / 2, true)).isEmpty();
        assertThat(shown(Progress.NEVER, ALL, 2 * SECOND, true)).isEmpty();
    }

    @Test
    void aPlayWithoutEndFillsNoLog() {
        assertThat(shown(Progress.AUTO, -1, 2 * SECOND, false)).isEmpty();
        assertThat(shown(Progress.AUTO, ALL, 2 * SECOND, false)).isNotEmpty();
    }

    private String shown(Progress wanted, long slots, long nanos, boolean terminal) {
        // Given ten slots, when the last is reached after the given time
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Bars bars = new Bars(stream, terminal, () -> 80, clock::get);
        try (SlotProgress progress = new SlotProgress("pems-bay", slots, wanted, bars)) {
            progress.at(1);
            clock.addAndGet(nanos);
            progress.at(ALL);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
