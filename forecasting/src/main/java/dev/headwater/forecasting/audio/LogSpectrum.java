package dev.headwater.forecasting.audio;

/// Computes the logarithm of sound's power, frame by frame, in mel bands or in the transform's bins. Serving
/// and training share this code. Allocates nothing after construction; not thread-safe.
public final class LogSpectrum {

    private static final double LOWEST = 60; // Hz: excludes hum and breath below
    private static final double HIGHEST_SHARE = 0.95; // of half the rate: avoids filter roll-off

    /// Power added so that the logarithm of silence is finite.
    private static final float FLOOR = 1e-6f;

    private final SpectrumSpec spec;
    private final Stft stft;
    private final MelBank mel;
    private final float[] magnitudes; // [frame][bin]

    public LogSpectrum(SpectrumSpec spec) {
        this.spec = spec;
        this.stft = new Stft(spec.samples(), spec.frameLength(), spec.frameStep());
        double nyquist = spec.sampleRate() / 2.0;
        this.mel = new MelBank(spec.bands(), stft.bins(), spec.sampleRate(), LOWEST, HIGHEST_SHARE * nyquist);
        this.magnitudes = new float[stft.frames() * stft.bins()];
    }

    public SpectrumSpec spec() {
        return spec;
    }

    /// @param pcm samples of 16 bits; the clip begins at `from`
    /// @param out `[frame][width]`, written
    public void compute(short[] pcm, int from, float[] out) {
        stft.magnitudes(pcm, from, magnitudes);
        logarithms(out);
    }

    /// @param sound `[samples]`, from -1 to 1
    /// @param out   `[frame][width]`, written
    public void compute(float[] sound, float[] out) {
        stft.magnitudes(sound, magnitudes);
        logarithms(out);
    }

    private void logarithms(float[] out) {
        int width = spec.width();
        for (int frame = 0; frame < stft.frames(); frame++) {
            int at = frame * stft.bins();
            if (spec.bands() > 0) {
                mel.power(magnitudes, at, out, frame * width);
            } else {
                for (int bin = 0; bin < width; bin++) {
                    out[frame * width + bin] = magnitudes[at + bin] * magnitudes[at + bin];
                }
            }
        }
        for (int i = 0; i < stft.frames() * width; i++) {
            out[i] = (float) Math.log(out[i] + FLOOR);
        }
    }
}
