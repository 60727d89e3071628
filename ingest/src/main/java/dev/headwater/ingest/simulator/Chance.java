package dev.headwater.ingest.simulator;

/// Random numbers as a function of seed, topic and two indexes, so that each slot gives the same values in any
/// order: a restarted stream continues as if it had never stopped. Mixing after SplitMix64 (Steele, Lea, Flood
/// 2014).
///
/// @param seed of the city
record Chance(long seed) {

    private static final double UNIT = 0x1p-53;
    private static final double SIXTEEN_BITS = 0x1p-16;
    private static final double DEVIATION_OF_FOUR = Math.sqrt(4 / 12.0);

    long bits(long topic, long a, long b) {
        return mix(mix(mix(seed + topic * 0x9E3779B97F4A7C15L) + a) + b);
    }

    /// Uniform in [0, 1).
    double uniform(long topic, long a, long b) {
        return (bits(topic, a, b) >>> 11) * UNIT;
    }

    double uniform(long topic, long a, long b, double from, double to) {
        return from + (to - from) * uniform(topic, a, b);
    }

    /// About normal (the sum of four uniforms), mean 0, deviation 1, never beyond 3.5: one mix per number,
    /// since a day of readings needs millions.
    double normal(long topic, long a, long b) {
        long bits = bits(topic, a, b);
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += ((bits >>> (16 * i)) & 0xffff) * SIXTEEN_BITS;
        }
        return (sum - 2) / DEVIATION_OF_FOUR;
    }

    private static long mix(long z) {
        long a = ((z + 0x9E3779B97F4A7C15L) ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
