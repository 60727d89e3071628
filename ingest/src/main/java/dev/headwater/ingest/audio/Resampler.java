package dev.headwater.ingest.audio;

/// Resamples sound to another rate. Each new sample is the sum of the old ones weighted by a windowed sinc
/// around its time, which also removes frequencies that the new rate cannot represent. Bandlimited
/// interpolation after J. O. Smith and P. Gossett, "A flexible sampling-rate conversion method", ICASSP 1984:
/// the kernel is tabulated and read with linear interpolation, so that it works for any two rates. Kaiser's
/// window with a stop band 90 dB down; the pass band ends at 0.91 of the lower Nyquist frequency. Thread-safe.
final class Resampler {

    private static final int ZEROS = 64; // zero crossings of the sinc on each side
    private static final int STEPS = 512; // table entries from one zero crossing to the next
    private static final double BETA = 9; // of Kaiser's window
    private static final double CUT_OFF = 0.955; // of the lower Nyquist frequency: the middle of the transition
    private static final float[] KERNEL = kernel(); // [ZEROS * STEPS + 2], of the right half

    private final double step; // old samples per new one
    private final double width; // zero crossings per old sample
    private final double outOfIn;

    /// @param from samples per second of the input
    /// @param to   samples per second of the output
    Resampler(int from, int to) {
        this.step = (double) from / to;
        this.outOfIn = (double) to / from;
        this.width = CUT_OFF * Math.min(1, outOfIn);
    }

    private static float[] kernel() {
        float[] kernel = new float[ZEROS * STEPS + 2]; // the last two stay 0
        double norm = bessel0(BETA);
        for (int i = 0; i < ZEROS * STEPS; i++) {
            double x = (double) i / STEPS;
            double sinc = i == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
            double edge = x / ZEROS;
            kernel[i] = (float) (sinc * bessel0(BETA * Math.sqrt(1 - edge * edge)) / norm);
        }
        return kernel;
    }

    /// The modified Bessel function of the first kind and order 0, by its power series.
    private static double bessel0(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-17; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    /// The same sound at the other rate, rounded to 16 bits; silence is assumed before and after.
    ///
    /// @param samples on the scale of 16 bits
    short[] resample(float[] samples) {
        float[] out = new float[(int) Math.max(1, Math.round(samples.length * outOfIn))];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (width * at(samples, i * step));
        }
        return rounded(out);
    }

    private double at(float[] samples, double time) {
        int first = (int) Math.max(0, Math.ceil(time - ZEROS / width));
        int last = (int) Math.min(samples.length - 1, Math.floor(time + ZEROS / width));
        double sum = 0;
        for (int i = first; i <= last; i++) {
            double place = Math.abs(time - i) * width * STEPS;
            int entry = (int) place;
            float low = KERNEL[entry];
            sum += samples[i] * (low + (place - entry) * (KERNEL[entry + 1] - low));
        }
        return sum;
    }

    /// Rounds to 16 bits; louder samples are clipped.
    static short[] rounded(float[] samples) {
        short[] rounded = new short[samples.length];
        for (int i = 0; i < samples.length; i++) {
            rounded[i] = (short) Math.clamp(Math.round(samples[i]), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return rounded;
    }
}
