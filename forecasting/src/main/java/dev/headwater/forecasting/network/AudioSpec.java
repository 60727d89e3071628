package dev.headwater.forecasting.network;

import dev.headwater.forecasting.InvalidInputException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Describes the sound of an audio network: PCM of 16 bits, one channel. A reading is a frame, which lasts the
/// network's interval. Its only measure is the frame's energy, so that a source of sound is forecast like any
/// sensor.
///
/// @param sampleRate  samples per second; 16,000 by default
/// @param words       the words to detect, in the order of the classifier's outputs
/// @param clip        samples that are classified together; one second by default
/// @param frameStep   samples from one transform to the next; 128 by default
public record AudioSpec(Integer sampleRate, List<String> words, Integer clip, Integer frameLength, Integer frameStep) {

    /// Prefix of the classifier's training settings, which are stored with those of the forecaster.
    public static final String KEYWORD_PREFIX = "keyword.";

    private static final int LOWEST_RATE = 4_000;
    private static final int HIGHEST_RATE = 48_000;
    private static final int MAX_WORDS = 1_000;
    private static final int LONGEST_CLIP_SECONDS = 10;
    private static final double MILLIS = 1_000;

    public AudioSpec {
        sampleRate = sampleRate == null ? 16_000 : sampleRate;
        clip = clip == null ? sampleRate : clip;
        frameLength = frameLength == null ? 255 : frameLength;
        frameStep = frameStep == null ? 128 : frameStep;
        require(sampleRate >= LOWEST_RATE && sampleRate <= HIGHEST_RATE, "sampleRate", "4000 to 48000", sampleRate);
        require(
                words != null && words.size() >= 2 && words.size() <= MAX_WORDS,
                "words",
                "a list of 2 to " + MAX_WORDS,
                words);
        require(new HashSet<>(words).size() == words.size(), "words", "distinct", words);
        words = List.copyOf(words);
        require(
                clip >= 1 && clip <= LONGEST_CLIP_SECONDS * sampleRate,
                "clip",
                "1 to " + LONGEST_CLIP_SECONDS + " seconds of samples",
                clip);
        require(frameLength >= 2 && frameLength <= clip, "frameLength", "2 to the clip's samples", frameLength);
        require(frameStep >= 1 && frameStep <= clip, "frameStep", "1 to the clip's samples", frameStep);
    }

    private static void require(boolean holds, String key, String rule, @Nullable Object found) {
        if (!holds) {
            throw new InvalidInputException(
                    "audio." + key + ": must be " + rule + ", found " + (found == null ? "none" : found));
        }
    }

    /// Samples of a frame on the bus.
    public int frameSamples(Duration interval) {
        return (int) (interval.toMillis() * sampleRate / (long) MILLIS);
    }

    /// Frames on the bus that make up a clip.
    public int clipFrames(Duration interval) {
        return clip / frameSamples(interval);
    }

    /// Transforms that lie entirely within a clip.
    public int spectra() {
        return 1 + (clip - frameLength) / frameStep;
    }

    void requireFrame(String network, Duration interval) {
        boolean whole = interval.toMillis() * sampleRate % (long) MILLIS == 0;
        if (!whole || frameSamples(interval) < 1 || clip % frameSamples(interval) != 0) {
            throw new InvalidInputException("network " + network + ": interval must be whole samples of " + sampleRate
                    + " Hz, and audio.clip (" + clip + ") whole intervals, found " + interval);
        }
    }
}
