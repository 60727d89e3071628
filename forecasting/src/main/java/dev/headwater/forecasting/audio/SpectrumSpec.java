package dev.headwater.forecasting.audio;

import dev.headwater.forecasting.network.AudioSpec;

/// How a classifier's input is computed from a clip: the short-time Fourier transform, its power summed into
/// mel bands, and the logarithm.
///
/// @param samples     samples of a clip
/// @param sampleRate  samples per second
/// @param frameLength samples of a transform
/// @param frameStep   samples from one transform to the next
/// @param bands       mel bands; 0 for the bins of the transform themselves
public record SpectrumSpec(int samples, int sampleRate, int frameLength, int frameStep, int bands) {

    /// Most mel bands: more bands than bins would add nothing.
    public static final int MAX_BANDS = 256;

    /// @throws IllegalArgumentException naming the component, its rule and the value found
    public SpectrumSpec {
        if (frameLength < 2 || samples < frameLength || frameStep < 1 || sampleRate < 1) {
            throw new IllegalArgumentException("spectrum: frames must fit into the clip, found " + frameLength
                    + " samples every " + frameStep + " of " + samples + " at " + sampleRate + " Hz");
        }
        if (bands < 0 || bands > MAX_BANDS) {
            throw new IllegalArgumentException("spectrum: bands must be 0 (none) to " + MAX_BANDS + ", found " + bands);
        }
    }

    /// The spectrum of a network's clips.
    public static SpectrumSpec of(AudioSpec audio, int bands) {
        return new SpectrumSpec(audio.clip(), audio.sampleRate(), audio.frameLength(), audio.frameStep(), bands);
    }

    /// Transforms per clip.
    public int frames() {
        return 1 + (samples - frameLength) / frameStep;
    }

    /// Values per transform.
    public int width() {
        return bands == 0 ? Stft.bins(frameLength) : bands;
    }
}
