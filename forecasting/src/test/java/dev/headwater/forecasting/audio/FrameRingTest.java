package dev.headwater.forecasting.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FrameRingTest {

    @Test
    void agreesWithAMapOfFrames() {
        // Given frames in any order: many near the newest, some far ahead, some repeated
        Random random = new Random(23);
        FrameRing ring = new FrameRing(3, 10);
        TreeMap<Long, short[]> all = new TreeMap<>();
        long newest = 1_000;
        for (int i = 0; i < 20_000; i++) {
            long slot = random.nextInt(50) == 0 ? newest + random.nextInt(40) : newest - 14 + random.nextInt(16);
            short[] frame = {(short) i, (short) (i >> 3), (short) random.nextInt()};
            // When
            boolean taken = ring.add(slot, frame);
            // Then it is added unless it is ten or more slots older than the newest
            assertThat(taken).isEqualTo(all.isEmpty() || slot > newestOf(all) - 10);
            if (taken) {
                all.put(slot, frame);
                newest = newestOf(all);
            }
            assertSame(ring, all, newest - 9 + random.nextInt(4), 1 + random.nextInt(6));
        }
    }

    private static long newestOf(TreeMap<Long, short[]> all) {
        return all.lastKey();
    }

    private static void assertSame(FrameRing ring, TreeMap<Long, short[]> all, long first, int frames) {
        short[] out = new short[3 * frames];
        int held = ring.copy(first, frames, out);
        int expected = 0;
        for (int f = 0; f < frames; f++) {
            short[] frame = all.get(first + f);
            assertThat(ring.holds(first + f)).isEqualTo(frame != null);
            expected += frame == null ? 0 : 1;
            assertThat(new short[] {out[3 * f], out[3 * f + 1], out[3 * f + 2]})
                    .containsExactly(frame == null ? new short[3] : frame);
            if (frame != null) {
                assertThat(ring.energy(first + f)).isEqualTo(FrameEnergy.dbfs(frame, 0, 3));
            }
        }
        assertThat(held).isEqualTo(expected);
    }
}
