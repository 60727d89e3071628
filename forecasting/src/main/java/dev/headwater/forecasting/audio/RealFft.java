package dev.headwater.forecasting.audio;

/// The discrete Fourier transform of real samples: a complex transform of half the length by the radix-2
/// algorithm of Cooley and Tukey (1965), whose result is then separated into the spectrum of the real samples.
/// Immutable; buffers come from the caller.
final class RealFft {

    private final int length;
    private final int half;
    private final int[] reversed; // [half] index with its bits in reverse order
    private final float[] cosine; // [half] of 2 pi k / length
    private final float[] sine; // [half]

    /// @param length samples, a power of two, at least 2
    RealFft(int length) {
        if (length < 2 || Integer.bitCount(length) != 1) {
            throw new IllegalArgumentException("length must be a power of two from 2 on, found " + length);
        }
        this.length = length;
        this.half = length / 2;
        this.reversed = new int[half];
        this.cosine = new float[half];
        this.sine = new float[half];
        int bits = Integer.numberOfTrailingZeros(half);
        for (int k = 0; k < half; k++) {
            reversed[k] = bits == 0 ? 0 : Integer.reverse(k) >>> Integer.SIZE - bits;
            cosine[k] = (float) Math.cos(2 * Math.PI * k / length);
            sine[k] = (float) Math.sin(2 * Math.PI * k / length);
        }
    }

    /// Computes the magnitudes of the spectrum.
    ///
    /// @param samples   `[length]`
    /// @param real      scratch `[length / 2]`
    /// @param imaginary scratch `[length / 2]`
    /// @param out       `[length / 2 + 1]` from `outAt`
    void magnitudes(float[] samples, float[] real, float[] imaginary, float[] out, int outAt) {
        for (int k = 0; k < half; k++) {
            real[k] = samples[2 * reversed[k]];
            imaginary[k] = samples[2 * reversed[k] + 1];
        }
        for (int span = 1; span < half; span *= 2) {
            butterflies(real, imaginary, span);
        }
        takeApart(real, imaginary, out, outAt);
    }

    /// One level: combines spectra of `span` points into spectra of twice as many.
    private void butterflies(float[] real, float[] imaginary, int span) {
        int stride = half / span; // of the twiddle factors, of which a circle has `length`
        for (int start = 0; start < half; start += 2 * span) {
            for (int k = 0; k < span; k++) {
                float c = cosine[k * stride];
                float s = sine[k * stride];
                int low = start + k;
                int high = low + span;
                float re = real[high] * c + imaginary[high] * s;
                float im = imaginary[high] * c - real[high] * s;
                real[high] = real[low] - re;
                imaginary[high] = imaginary[low] - im;
                real[low] += re;
                imaginary[low] += im;
            }
        }
    }

    /// Even samples were the real part and odd samples the imaginary part: their spectra are the symmetric and
    /// the antisymmetric half of the result.
    private void takeApart(float[] real, float[] imaginary, float[] out, int outAt) {
        out[outAt] = Math.abs(real[0] + imaginary[0]);
        out[outAt + half] = Math.abs(real[0] - imaginary[0]);
        for (int k = 1; k < half; k++) {
            float evenRe = 0.5f * (real[k] + real[half - k]);
            float evenIm = 0.5f * (imaginary[k] - imaginary[half - k]);
            float oddRe = 0.5f * (imaginary[k] + imaginary[half - k]);
            float oddIm = 0.5f * (real[half - k] - real[k]);
            float re = evenRe + oddRe * cosine[k] + oddIm * sine[k];
            float im = evenIm + oddIm * cosine[k] - oddRe * sine[k];
            out[outAt + k] = (float) Math.sqrt(re * re + im * im);
        }
    }

    int length() {
        return length;
    }
}
