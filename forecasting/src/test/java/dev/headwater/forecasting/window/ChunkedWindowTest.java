package dev.headwater.forecasting.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkedWindowTest {

    private static final int MEASURES = 2;

    /// The content of a store for one window, whose areas are stored one by one.
    private static final class Stored {
        private byte[] head = new byte[0];
        private final Map<Integer, byte[]> areas = new HashMap<>();

        void write(SensorWindow window, WindowLayout layout) {
            long touched = window.takeTouched();
            for (int place = 0; place < layout.areas(); place++) {
                int at = window.area(place);
                if ((touched & 1L << place) != 0 && at >= 0) {
                    areas.put(place, Arrays.copyOfRange(window.bytes(), at, at + layout.areaBytes()));
                }
            }
            head = Arrays.copyOf(window.bytes(), WindowLayout.HEAD);
        }

        SensorWindow read(WindowLayout layout, Random random) {
            byte[] bytes = SensorWindow.empty(layout, 0);
            System.arraycopy(head, 0, bytes, 0, head.length);
            SensorWindow window = new SensorWindow(layout).on(bytes, 0);
            List<byte[]> inAnyOrder = new ArrayList<>(areas.values());
            Collections.shuffle(inAnyOrder, random);
            inAnyOrder.forEach(area -> window.restore(area, 0));
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
            WindowLayout layout = new WindowLayout(MEASURES, retained, chunkSlots);
            SensorWindow chunked = new SensorWindow(layout);
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
                stored.write(chunked, layout);

                // Then
                String as = "seed " + seed + ", reading " + i + ", retained " + retained + ", chunks of " + chunkSlots;
                if (i % 10 == 0) {
                    chunked = stored.read(layout, random);
                }
                assertSame(chunked, whole, retained, as);
            }
        }
    }

    @Test
    void readsBackWhatFitsWhenSpanAndChunksAreOfDifferentTimes() {
        // Given a state whose last chunk was written but not its span, and one the other way round
        WindowLayout layout = new WindowLayout(MEASURES, 20, 4);
        SensorWindow window = new SensorWindow(layout);
        Stored stored = new Stored();
        for (int slot = 0; slot < 50; slot++) {
            window.add(slot, new float[] {slot, -slot});
        }
        stored.write(window, layout);
        Stored before = new Stored();
        before.head = stored.head.clone();
        before.areas.putAll(stored.areas);
        window.add(50, new float[] {50, -50});
        stored.write(window, layout);
        Stored newChunks = new Stored();
        newChunks.head = before.head;
        newChunks.areas.putAll(stored.areas);
        Stored newSpan = new Stored();
        newSpan.head = stored.head;
        newSpan.areas.putAll(before.areas);

        // When
        SensorWindow old = newChunks.read(layout, new Random(1));
        SensorWindow lost = newSpan.read(layout, new Random(1));

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
