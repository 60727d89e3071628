package dev.headwater.forecasting.audio;

import java.util.Arrays;
import java.util.Objects;

/// The magnitudes of the short-time Fourier transform as in TensorFlow's `tf.abs(tf.signal.stft(x,
/// frame_length, frame_step))`: a Hann window, each frame zero-padded to the next power of two, and only frames
/// that lie entirely within the sound. One second at 16 kHz in frames of 255 samples with a step of 128 gives
/// 124 frames of 129 bins.
///
/// The window is TensorFlow's "periodic" one, which for an odd length equals the symmetric one
/// (tensorflow/python/ops/signal/window_ops.py, `_raised_cosine_window`).
///
/// Allocates nothing after construction; not thread-safe.
public final class Stft {

    /// Scales samples of 16 bits to the range from -1 to 1.
    public static final float SAMPLE = 1f / 32_768;

    private final int samples;
    private final int frameStep;
    private final int frames;
    private final RealFft fft;
    private final float[] window; // [frameLength]
    private final float[] frame; // [fft length], zeros after the window's end
    private final float[] real;
    private final float[] imaginary;
    private final float[] scaled; // [samples]

    /// @param samples     of the sound, at least `frameLength`
    /// @param frameLength samples of a frame, at least 2
    /// @param frameStep   samples from one frame to the next, at least 1
    public Stft(int samples, int frameLength, int frameStep) {
        if (frameLength < 2 || samples < frameLength || frameStep < 1) {
            throw new IllegalArgumentException("frames must have 2 samples or more, a step of 1 or more and fit into "
                    + samples + ", found " + frameLength + " every " + frameStep);
        }
        this.samples = samples;
        this.frameStep = frameStep;
        this.frames = 1 + (samples - frameLength) / frameStep;
        this.fft = new RealFft(enclosingPowerOfTwo(frameLength));
        this.window = hann(frameLength);
        this.frame = new float[fft.length()];
        this.real = new float[fft.length() / 2];
        this.imaginary = new float[fft.length() / 2];
        this.scaled = new float[samples];
    }

    private static int enclosingPowerOfTwo(int length) {
        return length == 1 ? 1 : Integer.highestOneBit(length - 1) << 1;
    }

    /// Bins for a frame length: half the enclosing power of two, plus one.
    static int bins(int frameLength) {
        return enclosingPowerOfTwo(frameLength) / 2 + 1;
    }

    private static float[] hann(int length) {
        float[] window = new float[length];
        int period = length % 2 == 0 ? length : length - 1;
        for (int i = 0; i < length; i++) {
            window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / period));
        }
        return window;
    }

    /// Frames of the sound.
    public int frames() {
        return frames;
    }

    /// Magnitudes per frame.
    public int bins() {
        return fft.length() / 2 + 1;
    }

    /// Transforms sound of 16 bits, scaled to -1 to 1.
    ///
    /// @param pcm samples; the sound begins at `from`
    /// @param out `[frame][bin]`, written
    public void magnitudes(short[] pcm, int from, float[] out) {
        Objects.checkFromIndexSize(from, samples, pcm.length);
        for (int i = 0; i < samples; i++) {
            scaled[i] = pcm[from + i] * SAMPLE;
        }
        magnitudes(scaled, out);
    }

    /// Transforms sound.
    ///
    /// @param sound `[samples]`, from -1 to 1
    /// @param out   `[frame][bin]`, written
    public void magnitudes(float[] sound, float[] out) {
        Objects.checkFromIndexSize(0, samples, sound.length);
        Objects.checkFromIndexSize(0, frames * bins(), out.length);
        Arrays.fill(frame, 0);
        for (int f = 0; f < frames; f++) {
            int at = f * frameStep;
            for (int i = 0; i < window.length; i++) {
                frame[i] = sound[at + i] * window[i];
            }
            fft.magnitudes(frame, real, imaginary, out, f * bins());
        }
    }
}
