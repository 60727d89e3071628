package dev.headwater.forecasting.audio;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// State of a [KeywordDetector] for one source, apart from its frames. Not thread-safe.
public final class KeywordTrack {

    static final int SMOOTHED = 3; // classifications
    static final long NEVER = Long.MIN_VALUE;

    final float[][] recent; // [SMOOTHED][word], a ring; recentNext is the next to write
    int recentCount;
    int recentNext;
    long first = NEVER; // slot of the source's first frame
    long newest = NEVER; // slot of its newest frame
    long evaluated = NEVER; // slot of the last classification that was due
    long heardUntil = NEVER; // last slot of the clip of the last event
    long quietUntil = NEVER; // last slot of the word last heard: a clip must begin after it
    float floor = FrameEnergy.FULL_SCALE; // noise, dBFS

    /// @param words number of words
    public KeywordTrack(int words) {
        this.recent = new float[SMOOTHED][words];
    }

    /// The newest slot that the track has seen, `Long.MIN_VALUE` before the first one.
    public long newest() {
        return newest;
    }

    void push(float[] probabilities) {
        System.arraycopy(probabilities, 0, recent[recentNext], 0, probabilities.length);
        recentNext = (recentNext + 1) % SMOOTHED;
        recentCount = Math.min(recentCount + 1, SMOOTHED);
    }

    void forget() {
        recentCount = 0;
        recentNext = 0;
    }

    /// Computes the mean of the latest classifications.
    ///
    /// @param mean `[word]`, written
    void smooth(float[] mean) {
        Arrays.fill(mean, 0);
        for (int r = 0; r < recentCount; r++) {
            for (int w = 0; w < mean.length; w++) {
                mean[w] += recent[r][w] / recentCount;
            }
        }
    }

    /// Number of bytes that [#write] writes.
    public int bytes() {
        return 5 * Long.BYTES + Float.BYTES + 2 + recentCount * recent[0].length * Float.BYTES;
    }

    public void write(ByteBuffer out) {
        out.putLong(first)
                .putLong(newest)
                .putLong(evaluated)
                .putLong(heardUntil)
                .putLong(quietUntil);
        out.putFloat(floor).put((byte) recentCount).put((byte) recentNext);
        for (int r = 0; r < recentCount; r++) {
            for (float probability : recent[r]) {
                out.putFloat(probability);
            }
        }
    }

    /// Restores what [#write] wrote; the number of words must be the same.
    ///
    /// @throws java.nio.BufferUnderflowException when bytes are missing
    public void read(ByteBuffer in) {
        first = in.getLong();
        newest = in.getLong();
        evaluated = in.getLong();
        heardUntil = in.getLong();
        quietUntil = in.getLong();
        floor = in.getFloat();
        recentCount = Math.clamp(in.get(), 0, SMOOTHED);
        recentNext = Math.floorMod(in.get(), SMOOTHED);
        for (int r = 0; r < recentCount; r++) {
            for (int w = 0; w < recent[r].length; w++) {
                recent[r][w] = in.getFloat();
            }
        }
    }
}
