package dev.headwater.forecasting.audio;

import java.util.Arrays;

/// The latest frames of a source of sound, by slot; missing ones are zeros. Not thread-safe.
public final class FrameRing {

    private static final long EMPTY = Long.MIN_VALUE;

    private final int frameSamples;
    private final short[] samples; // [slot mod capacity][sample]
    private final long[] slots; // [slot mod capacity], EMPTY without a frame
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

    /// Adds a frame or replaces the one of the same slot.
    ///
    /// @param frame `[frameSamples]`; copied
    /// @return false when the slot is too old for the ring
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

    /// Whether the ring has the frame of that slot.
    public boolean holds(long slot) {
        return slots[index(slot)] == slot;
    }

    /// Energy of a frame that the ring has, dBFS.
    public float energy(long slot) {
        return energies[index(slot)];
    }

    /// Copies consecutive frames; missing ones are zeros.
    ///
    /// @param first slot of the first frame
    /// @param out   `[frames * frameSamples]`, written
    /// @return the number of frames that are not missing
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

    /// Index of a slot in the ring: 0 to `capacity - 1`.
    public int index(long slot) {
        return (int) Math.floorMod(slot, (long) slots.length);
    }
}
