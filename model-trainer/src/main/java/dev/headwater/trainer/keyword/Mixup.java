package dev.headwater.trainer.keyword;

import java.util.SplittableRandom;

/// Mixes the clips of a batch in pairs, and their labels alike (Zhang et al., *mixup: Beyond Empirical Risk
/// Minimization*, 2018).
final class Mixup {

    private Mixup() {}

    /// @param frames  `[clip][..]`, mixed in place, each with the next one
    /// @param targets `[clip][word]`
    /// @param alpha   of the beta distribution, above 0
    /// @return the mixed targets
    static float[] apply(float[][] frames, float[] targets, double alpha, SplittableRandom random) {
        int words = targets.length / frames.length;
        float[] first = frames[0].clone();
        float[] mixed = new float[targets.length];
        for (int clip = 0; clip < frames.length; clip++) {
            int other = (clip + 1) % frames.length;
            float[] partner = other == 0 ? first : frames[other];
            float share = (float) beta(alpha, random);
            for (int i = 0; i < partner.length; i++) {
                frames[clip][i] = share * frames[clip][i] + (1 - share) * partner[i];
            }
            for (int word = 0; word < words; word++) {
                mixed[clip * words + word] =
                        share * targets[clip * words + word] + (1 - share) * targets[other * words + word];
            }
        }
        return mixed;
    }

    /// A symmetric beta variate out of two gamma ones.
    static double beta(double alpha, SplittableRandom random) {
        double a = gamma(alpha, random);
        double b = gamma(alpha, random);
        return a + b == 0 ? 0.5 : a / (a + b);
    }

    /// Marsaglia and Tsang, *A Simple Method for Generating Gamma Variables*, 2000, with their step for shapes below 1.
    private static double gamma(double shape, SplittableRandom random) {
        if (shape < 1) {
            return gamma(shape + 1, random) * Math.pow(random.nextDouble(), 1 / shape);
        }
        double d = shape - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
