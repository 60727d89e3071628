package dev.headwater.trainer.forecast;

import java.util.random.RandomGenerator;

/// SplitMix64 (Steele, Lea & Flood, *Fast Splittable Pseudorandom Number Generators*, 2014): the numbers of
/// [java.util.SplittableRandom], with a state that can be saved and restored.
final class ResumableRandom implements RandomGenerator {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    /// @param state a seed, or a saved [#state]
    ResumableRandom(long state) {
        this.state = state;
    }

    /// Determines all numbers to come.
    long state() {
        return state;
    }

    @Override
    public long nextLong() {
        state += GOLDEN_GAMMA;
        long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    @Override
    public int nextInt() {
        state += GOLDEN_GAMMA;
        long z = (state ^ (state >>> 33)) * 0x62a9d9ed799705f5L;
        return (int) (((z ^ (z >>> 28)) * 0xcb24d0a5c88c35b3L) >>> 32);
    }
}
