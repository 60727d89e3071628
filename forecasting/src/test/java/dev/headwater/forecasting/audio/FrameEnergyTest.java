package dev.headwater.forecasting.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameEnergyTest {

    @Test
    void silenceIsTheFloorAndTheLoudestFrameIsFullScale() {
        // Given
        short[] silence = new short[320];
        short[] loudest = new short[320];
        Arrays.fill(loudest, Short.MIN_VALUE);

        // Then
        assertThat(FrameEnergy.dbfs(silence, 0, 320)).isEqualTo(FrameEnergy.SILENCE);
        assertThat(FrameEnergy.dbfs(loudest, 0, 320)).isEqualTo(FrameEnergy.FULL_SCALE);
    }

    @Test
    void aFullSineHasThreeDecibelsLessThanFullScale() {
        // Given 20 whole periods in 320 samples
        short[] sine = new short[320];
        for (int i = 0; i < sine.length; i++) {
            sine[i] = (short) Math.round(32_767 * Math.sin(2 * Math.PI * 20 * i / 320));
        }

        // Then
        assertThat(FrameEnergy.dbfs(sine, 0, 320)).isCloseTo(-3.0103f, within(1e-3f));
    }

    @Test
    void onlyTheFrameCounts() {
        Random random = new Random(3);
        for (int count : new int[] {1, 2, 7, 319, 320, 321}) {
            // Given
            short[] pcm = new short[1_000];
            for (int i = 0; i < pcm.length; i++) {
                pcm[i] = (short) random.nextInt();
            }
            int from = random.nextInt(pcm.length - count);
            double sum = 0;
            for (int i = from; i < from + count; i++) {
                sum += Math.pow(pcm[i] / 32_768.0, 2);
            }

            // Then
            float expected = (float) (10 * Math.log10(sum / count + 1e-10));
            assertThat(FrameEnergy.dbfs(pcm, from, count)).isCloseTo(expected, within(1e-4f));
        }
    }

    @Test
    void aFrameLiesInTheSamplesAndIsNotEmpty() {
        short[] pcm = new short[10];
        assertThatThrownBy(() -> FrameEnergy.dbfs(pcm, 1, 10)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> FrameEnergy.dbfs(pcm, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
