package dev.headwater.forecasting.audio;

import java.util.Objects;

/// Energy of a sound frame: the only measure of an audio network, for both trainer and stream.
public final class FrameEnergy {

    /// Energy of a frame of zeros, dBFS.
    public static final float SILENCE = -100;

    /// Largest possible energy, dBFS.
    public static final float FULL_SCALE = 0;

    private static final double SAMPLE = 1.0 / 32_768;
    private static final double FLOOR = 1e-10; // keeps the logarithm of silence finite: 10 log10(1e-10) = -100
    private static final double DECIBELS = 10;

    private FrameEnergy() {}

    /// The mean square of a frame in decibels below full scale, from -100 (silence) to 0.
    ///
    /// @param pcm   samples of 16 bits
    /// @param from  the frame's first sample
    /// @param count samples of the frame, 1 or more
    /// @throws IndexOutOfBoundsException if the frame does not lie within the samples
    /// @throws IllegalArgumentException if the frame is empty
    public static float dbfs(short[] pcm, int from, int count) {
        Objects.checkFromIndexSize(from, count, pcm.length);
        if (count < 1) {
            throw new IllegalArgumentException("a frame has 1 sample or more, found " + count);
        }
        long sum = 0; // of squares below 2^30 each: exact for any frame that fits into memory
        for (int i = from; i < from + count; i++) {
            sum += (long) pcm[i] * pcm[i];
        }
        double power = sum * SAMPLE * SAMPLE / count + FLOOR;
        return (float) Math.clamp(DECIBELS * Math.log10(power), SILENCE, FULL_SCALE);
    }
}
