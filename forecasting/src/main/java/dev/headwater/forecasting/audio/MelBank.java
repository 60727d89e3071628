package dev.headwater.forecasting.audio;

/// Triangular filters of equal width on the mel scale (Stevens, Volkmann and Newman, 1937; HTK's formula, 2595
/// log10(1 + f / 700)), as in `tf.signal.linear_to_mel_weight_matrix`: the sides of each triangle are straight
/// on the mel scale. Immutable.
final class MelBank {

    private final int bands;
    private final int[] first; // [band] first bin under the triangle
    private final float[][] weights; // [band][bin - first]

    /// @param bands      triangles, at least 1
    /// @param bins       bins of the spectrum, from 0 to half the sample rate
    /// @param sampleRate samples per second
    /// @param low        begin of the first triangle, Hz
    /// @param high       end of the last triangle, Hz
    MelBank(int bands, int bins, int sampleRate, double low, double high) {
        this.bands = bands;
        this.first = new int[bands];
        this.weights = new float[bands][];
        double width = (mel(high) - mel(low)) / (bands + 1);
        double perBin = sampleRate / 2.0 / (bins - 1);
        for (int band = 0; band < bands; band++) {
            double peak = mel(low) + (band + 1) * width;
            int from = Math.max(0, (int) Math.floor(hertz(peak - width) / perBin) + 1);
            int to = Math.min(bins - 1, (int) Math.ceil(hertz(peak + width) / perBin) - 1);
            first[band] = from;
            weights[band] = new float[Math.max(0, to - from + 1)];
            for (int bin = from; bin <= to; bin++) {
                double away = Math.abs(mel(bin * perBin) - peak) / width;
                weights[band][bin - from] = (float) Math.max(0, 1 - away);
            }
        }
    }

    static double mel(double hertz) {
        return 2595 * Math.log10(1 + hertz / 700);
    }

    private static double hertz(double mel) {
        return 700 * (Math.pow(10, mel / 2595) - 1);
    }

    int bands() {
        return bands;
    }

    /// Computes the power under each triangle.
    ///
    /// @param magnitudes `[bin]` from `at`
    /// @param out        `[band]` from `outAt`
    void power(float[] magnitudes, int at, float[] out, int outAt) {
        for (int band = 0; band < bands; band++) {
            float[] triangle = weights[band];
            int from = at + first[band];
            float sum = 0;
            for (int i = 0; i < triangle.length; i++) {
                float magnitude = magnitudes[from + i];
                sum += triangle[i] * magnitude * magnitude;
            }
            out[outAt + band] = sum;
        }
    }
}
