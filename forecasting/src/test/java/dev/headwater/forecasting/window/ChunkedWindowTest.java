package dev.headwater.forecasting.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkedWindowTest {

    private static final int MEASURES = 2;

    /// The content of a store for one window.
    private static final class Stored {
        private byte[] span = new byte[0];
        private final Map<Integer, byte[]> chunks = new HashMap<>();

        int write(SensorWindow window) {
            int bytes = 0;
            for (int chunk : window.takeTouched()) {
                ByteBuffer out = ByteBuffer.allocate(window.chunkBytes());
                window.writeChunk(chunk, out);
                chunks.put(chunk, Arrays.copyOf(out.array(), out.position()));
                bytes += out.position();
            }
            ByteBuffer out = ByteBuffer.allocate(16);
            window.writeSpan(out);
            span = out.array();
            return bytes + span.length;
        }

        SensorWindow read(int retained, int chunkSlots) {
            SensorWindow window = new SensorWindow(MEASURES, retained, chunkSlots);
            window.readSpan(ByteBuffer.wrap(span));
            for (int chunk = 0; chunk < window.chunks(); chunk++) {
                if (chunks.containsKey(chunk)) {
                    window.readChunk(ByteBuffer.wrap(chunks.get(chunk)));
                }
            }
            return window;
        }
    }

    private static void assertSame(SensorWindow found, SensorWindow expected, int retained, String as) {
        assertThat(found.newest()).as(as).isEqualTo(expected.newest());
        for (long slot = expected.newest() - retained - 3; slot < expected.newest() + 3; slot++) {
            assertThat(found.arrived(slot)).as(as).isEqualTo(expected.arrived(slot));
            assertThat(found.opened(slot)).as(as).isEqualTo(expected.opened(slot));
            for (int m = 0; m < MEASURES; m++) {
                assertThat(Float.compare(found.value(slot, m), expected.value(slot, m)))
                        .as(as)
                        .isZero();
            }
        }
    }

    @Test
    void isTheSameRingWhateverItsChunksAndHoweverOftenItIsReadBack() {
        // Given
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            int retained = 2 + random.nextInt(40);
            int chunkSlots = 1 + random.nextInt(Math.min(9, retained - 1));
            SensorWindow whole = new SensorWindow(MEASURES, retained);
            SensorWindow chunked = new SensorWindow(MEASURES, retained, chunkSlots);
            Stored stored = new Stored();
            long slot = 1_000 - random.nextInt(3_000);
            for (int i = 0; i < 200; i++) {
                int jump = random.nextInt(20);
                long at = jump == 0
                        ? slot + random.nextInt(2 * retained)
                        : jump < 5 ? slot - random.nextInt(retained + 2) : slot + 1;
                float[] reading = {random.nextFloat(), jump == 7 ? Float.NaN : i};

                // When
                SensorWindow.Arrival expected = whole.add(at, reading);
                assertThat(chunked.add(at, reading)).isEqualTo(expected);
                slot = whole.newest();
                stored.write(chunked);

                // Then
                String as = "seed " + seed + ", reading " + i + ", retained " + retained + ", chunks of " + chunkSlots;
                if (i % 10 == 0) {
                    chunked = stored.read(retained, chunkSlots);
                }
                assertSame(chunked, whole, retained, as);
            }
        }
    }

    @Test
    void readsBackWhatFitsWhenSpanAndChunksAreOfDifferentTimes() {
        // Given a state whose last chunk was written but not its span, and one the other way round
        SensorWindow window = new SensorWindow(MEASURES, 20, 4);
        Stored stored = new Stored();
        for (int slot = 0; slot < 50; slot++) {
            window.add(slot, new float[] {slot, -slot});
        }
        stored.write(window);
        Stored before = new Stored();
        before.span = stored.span.clone();
        before.chunks.putAll(stored.chunks);
        window.add(50, new float[] {50, -50});
        stored.write(window);
        Stored newChunks = new Stored();
        newChunks.span = before.span;
        newChunks.chunks.putAll(stored.chunks);
        Stored newSpan = new Stored();
        newSpan.span = stored.span;
        newSpan.chunks.putAll(before.chunks);

        // When
        SensorWindow old = newChunks.read(20, 4);
        SensorWindow lost = newSpan.read(20, 4);

        // Then the first does not know the reading, the second knows that it is missing, and neither has a
        // wrong value
        assertThat(old.newest()).isEqualTo(49);
        assertThat(old.arrived(50)).isFalse();
        assertThat(old.value(49, 0)).isEqualTo(49);
        assertThat(old.value(30, 0)).isEqualTo(30);
        assertThat(lost.newest()).isEqualTo(50);
        assertThat(lost.retains(50)).isTrue();
        assertThat(lost.arrived(50)).isFalse();
        assertThat(lost.value(49, 0)).isEqualTo(49);
        assertThat(lost.value(31, 0)).isEqualTo(31);
    }
}
