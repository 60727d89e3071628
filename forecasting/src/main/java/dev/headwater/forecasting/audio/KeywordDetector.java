package dev.headwater.forecasting.audio;

import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import org.jspecify.annotations.Nullable;

/// Finds words in a stream of frames: one event per utterance.
///
/// The latest clip is classified every 100 ms. The probabilities are averaged over the last three
/// classifications, and an event is issued when that of the likeliest word passes a threshold (G. Chen, C.
/// Parada and G. Heigold, "Small-footprint keyword spotting using deep neural networks", ICASSP 2014). Two
/// rules are added because the classifier was trained on words in the middle of a clip and has no class for "no
/// word": a clip is only classified while its loudest part lies in its middle and is well above the source's
/// noise, and after an event the next clip must begin after that word.
///
/// When a source ends without an event on its last clip, this clip is classified and gives an event whatever
/// the confidence, so a single clip gives one event. For a source longer than a clip this applies only if the
/// loudest part is well above the noise. All state is in the ring and the track. Not thread-safe.
public final class KeywordDetector {

    private static final int HOP_MILLIS = 100;
    private static final float THRESHOLD = 0.6f; // for the smoothed probability
    private static final float STANDS_OUT = 9; // dB above the noise
    private static final float QUIETEST = -70; // dBFS: lower bound of the noise estimate
    private static final float NOISE_RISES = 3; // dB per second at most
    private static final int ENERGY_MILLIS = 100; // averaging window of the loudness
    private static final int HALF_WORD_MILLIS = 250; // assumed time from the loudest part of a word to its end

    private final SensorNetwork network;
    private final int clipFrames;
    private final int hop; // frames
    private final int energyFrames;
    private final int halfWord; // frames
    private final float rise; // dB per frame
    private final short[] clip; // [clip]
    private final float[] probabilities; // [word]

    /// A word that was heard.
    ///
    /// @param first         first slot of the clip
    /// @param probabilities `[word]`
    public record Heard(long first, float[] probabilities) {}

    /// Result of processing a frame or the end of a source.
    public sealed interface Outcome {}

    /// No classification was due, or there was nothing to classify.
    public record NotDue() implements Outcome {}

    /// Too few frames of the clip arrived.
    public record Abstained() implements Outcome {}

    /// The clip was classified.
    ///
    /// @param heard null when no word is probable enough
    /// @param nanos duration of the classification
    public record Classified(@Nullable Heard heard, long nanos) implements Outcome {}

    private static final Outcome NOT_DUE = new NotDue();
    private static final Outcome ABSTAINED = new Abstained();

    /// @param network a network with sound
    public KeywordDetector(SensorNetwork network, AudioSpec audio) {
        this.network = network;
        long interval = network.interval().toMillis();
        this.clipFrames = audio.clipFrames(network.interval());
        this.hop = (int) Math.max(1, HOP_MILLIS / interval);
        this.energyFrames = (int) Math.max(1, ENERGY_MILLIS / interval);
        this.halfWord = (int) (HALF_WORD_MILLIS / interval);
        this.rise = NOISE_RISES * interval / 1000f;
        this.clip = new short[audio.clip()];
        this.probabilities = new float[audio.words().size()];
    }

    /// Frames of a clip.
    public int clipFrames() {
        return clipFrames;
    }

    /// Processes a frame just added to the ring that is newer than every frame the track has seen.
    ///
    /// @param slot the frame's slot; newer frames in the ring are ignored
    public Outcome advanced(FrameRing ring, KeywordTrack track, long slot, KeywordClassifier classifier) {
        if (track.first == KeywordTrack.NEVER) {
            track.first = slot;
        }
        track.newest = slot;
        float loudness = loudness(ring, slot);
        track.floor = Math.max(QUIETEST, Math.min(track.floor + rise, loudness));
        if (slot - track.first + 1 < clipFrames || !isDue(track, slot)) {
            return NOT_DUE;
        }
        if (slot - track.evaluated > clipFrames) {
            track.forget();
        }
        track.evaluated = slot;
        return listen(ring, track, slot, classifier);
    }

    /// True once per hop, even when the frame at the hop's boundary is missing.
    private boolean isDue(KeywordTrack track, long slot) {
        return track.evaluated == KeywordTrack.NEVER
                || Math.floorDiv(slot - track.first + 1, hop) > Math.floorDiv(track.evaluated - track.first + 1, hop);
    }

    private Outcome listen(FrameRing ring, KeywordTrack track, long slot, KeywordClassifier classifier) {
        long start = slot - clipFrames + 1;
        long loudest = loudest(ring, start, clipFrames);
        boolean inTheMiddle =
                loudest - start >= clipFrames / 4 && slot - loudest >= clipFrames / 4 && start > track.quietUntil;
        if (!inTheMiddle || !standsOut(ring, track, loudest)) {
            track.forget();
            return NOT_DUE;
        }
        if (network.gap().abstains(ring.copy(start, clipFrames, clip), clipFrames)) {
            track.forget();
            return ABSTAINED;
        }
        long nanos = classify(classifier);
        if (!isNumeric()) {
            return new Classified(null, nanos);
        }
        track.push(probabilities);
        track.smooth(probabilities);
        if (probabilities[KeywordEvent.likeliest(probabilities)] < THRESHOLD) {
            return new Classified(null, nanos);
        }
        track.forget();
        track.heardUntil = slot;
        track.quietUntil = loudest + halfWord;
        return new Classified(new Heard(start, probabilities.clone()), nanos);
    }

    /// Processes the end of the source; no more frames may follow for this track.
    public Outcome ended(FrameRing ring, KeywordTrack track, KeywordClassifier classifier) {
        if (track.newest == KeywordTrack.NEVER) {
            return NOT_DUE;
        }
        long start = Math.max(track.first, track.newest - clipFrames + 1);
        boolean longer = start > track.first;
        boolean silent = longer && !standsOut(ring, track, loudest(ring, start, clipFrames));
        if (silent || (track.heardUntil != KeywordTrack.NEVER && track.heardUntil >= start)) {
            return NOT_DUE;
        }
        if (network.gap().abstains(ring.copy(start, clipFrames, clip), clipFrames)) {
            return ABSTAINED;
        }
        long nanos = classify(classifier);
        return new Classified(isNumeric() ? new Heard(start, probabilities.clone()) : null, nanos);
    }

    private long classify(KeywordClassifier classifier) {
        long started = System.nanoTime();
        classifier.classify(clip, 0, probabilities);
        return System.nanoTime() - started;
    }

    /// False when the classifier returned NaN or infinity.
    private boolean isNumeric() {
        for (float probability : probabilities) {
            if (!Float.isFinite(probability)) {
                return false;
            }
        }
        return true;
    }

    private boolean standsOut(FrameRing ring, KeywordTrack track, long slot) {
        return loudness(ring, slot) >= track.floor + STANDS_OUT;
    }

    /// The last slot of the loudest stretch.
    private long loudest(FrameRing ring, long start, int frames) {
        long loudest = start;
        float most = Float.NEGATIVE_INFINITY;
        for (long slot = start + energyFrames - 1; slot < start + frames; slot++) {
            float loudness = loudness(ring, slot);
            if (loudness > most) {
                most = loudness;
                loudest = slot;
            }
        }
        return loudest;
    }

    /// Mean energy of the latest frames up to a slot, dBFS; missing frames do not count.
    private float loudness(FrameRing ring, long slot) {
        float sum = 0;
        int held = 0;
        for (int f = 0; f < energyFrames; f++) {
            if (ring.holds(slot - f)) {
                sum += ring.energy(slot - f);
                held++;
            }
        }
        return held == 0 ? FrameEnergy.SILENCE : sum / held;
    }
}
