package dev.headwater.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.ingest.replay.ReplayOptions.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SlotProgressTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();

    @Test
    void appearsAfterASecondWhenAskedFor() {
        assertThat(shown(Progress.ALWAYS, 2_000_000_000L)).contains("pems-bay", "7/10");
    }

    @Test
    void staysAwayWhenItIsQuickOrNotWanted() {
        assertThat(shown(Progress.ALWAYS, 900_000_000L)).isEmpty();
        assertThat(shown(Progress.NEVER, 2_000_000_000L)).isEmpty();
    }

    private String shown(Progress wanted, long nanos) {
        // Given ten slots, when the seventh is reached after so long
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        try (SlotProgress progress = new SlotProgress("pems-bay", 10, wanted, stream, clock::get)) {
            progress.at(1);
            clock.addAndGet(nanos);
            progress.at(7);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
