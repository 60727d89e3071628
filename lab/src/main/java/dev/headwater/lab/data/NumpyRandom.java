package dev.headwater.lab.data;

/// The normal numbers of numpy's `RandomState(seed).randn`: the Mersenne Twister MT19937 (Matsumoto and Nishimura
/// 1998) with `init_genrand`, doubles of 53 bits, and the polar method, which gives the second of each pair first
/// (numpy/random/src/legacy/legacy-distributions.c). Documents draw their noise with it.
///
/// Not thread-safe.
final class NumpyRandom {

    private static final int WORDS = 624;
    private static final int SHIFT = 397;
    private static final int UPPER = 0x80000000;

    private final int[] state = new int[WORDS];
    private int at = WORDS;
    private double kept;
    private boolean hasKept;

    NumpyRandom(int seed) {
        state[0] = seed;
        for (int i = 1; i < WORDS; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
        }
    }

    /// The next number with mean 0 and standard deviation 1.
    double nextGaussian() {
        if (hasKept) {
            hasKept = false;
            return kept;
        }
        while (true) {
            double first = 2 * nextDouble() - 1;
            double second = 2 * nextDouble() - 1;
            double square = first * first + second * second;
            if (square < 1 && square != 0) {
                double factor = Math.sqrt(-2 * Math.log(square) / square);
                kept = factor * first;
                hasKept = true;
                return factor * second;
            }
        }
    }

    /// The next number from 0 to below 1.
    double nextDouble() {
        int high = nextInt() >>> 5;
        int low = nextInt() >>> 6;
        return (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0;
    }

    private int nextInt() {
        if (at == WORDS) {
            twist();
        }
        int y = state[at++];
        y ^= y >>> 11;
        y ^= y << 7 & 0x9d2c5680;
        y ^= y << 15 & 0xefc60000;
        return y ^ y >>> 18;
    }

    private void twist() {
        for (int i = 0; i < WORDS; i++) {
            int y = state[i] & UPPER | state[(i + 1) % WORDS] & ~UPPER;
            state[i] = state[(i + SHIFT) % WORDS] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        at = 0;
    }
}
