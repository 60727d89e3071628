package dev.headwater.forecasting.audio;

import java.util.Arrays;

/// The last frames of a source of sound, by slot; missing ones are zeros. Not thread-safe.
public final class FrameRing {

    private static final long EMPTY = Long.MIN_VALUE;

    private final int frameSamples;
    private final short[] samples; // [slot mod capacity][sample]
    private final long[] slots; // [slot mod capacity], EMPTY where nothing came
    private final float[] energies; // [slot mod capacity], dBFS
    private long newest = EMPTY;

    /// @param frameSamples samples of a frame
    /// @param capacity     frames kept
    public FrameRing(int frameSamples, int capacity) {
        this.frameSamples = frameSamples;
        this.samples = new short[frameSamples * capacity];
        this.slots = new long[capacity];
        this.energies = new float[capacity];
        Arrays.fill(slots, EMPTY);
    }

    /// Takes a frame; one that is there already is replaced.
    ///
    /// @param frame `[frameSamples]`; copied
    /// @return false when it is older than the ring
    public boolean add(long slot, short[] frame) {
        if (newest != EMPTY && slot <= newest - slots.length) {
            return false;
        }
        int at = index(slot);
        System.arraycopy(frame, 0, samples, at * frameSamples, frameSamples);
        slots[at] = slot;
        energies[at] = FrameEnergy.dbfs(frame, 0, frameSamples);
        newest = Math.max(newest, slot);
        return true;
    }

    /// True when the frame of that slot is here.
    public boolean holds(long slot) {
        return slots[index(slot)] == slot;
    }

    /// How loud a frame is that is here, dBFS.
    public float energy(long slot) {
        return energies[index(slot)];
    }

    /// Copies frames in a row; missing ones are zeros.
    ///
    /// @param first slot of the first one
    /// @param out   `[frames * frameSamples]`, written
    /// @return how many of them are here
    public int copy(long first, int frames, short[] out) {
        int held = 0;
        for (int f = 0; f < frames; f++) {
            int at = index(first + f);
            if (slots[at] == first + f) {
                System.arraycopy(samples, at * frameSamples, out, f * frameSamples, frameSamples);
                held++;
            } else {
                Arrays.fill(out, f * frameSamples, (f + 1) * frameSamples, (short) 0);
            }
        }
        return held;
    }

    /// Where the frame of a slot is kept: 0 to `capacity - 1`.
    public int index(long slot) {
        return (int) Math.floorMod(slot, (long) slots.length);
    }
}
