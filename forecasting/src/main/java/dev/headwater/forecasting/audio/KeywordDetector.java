package dev.headwater.forecasting.audio;

import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import org.jspecify.annotations.Nullable;

/// Finds words in a stream of frames: one event per utterance.
///
/// Every 100 ms the last clip is classified. The probabilities are smoothed over the last three classifications, and an
/// event is issued when the likeliest word's passes a threshold (G. Chen, C. Parada and G. Heigold, "Small-footprint
/// keyword spotting using deep neural networks", ICASSP 2014). Two things are added, for a classifier that was trained
/// on words in the middle of a clip and knows no "nothing": the clip is only looked at while the loudest part of it
/// lies in its middle and stands out of the source's noise, and after an event not before that word has left the clip.
///
/// A source that ends without an event on its last clip is decided by that clip, whatever the confidence, so a clip
/// that is sent on its own gives one event. Of a source longer than a clip that holds only where something stands out
/// of the noise. Pure: all state is in the ring and the track. Not thread-safe.
public final class KeywordDetector {

    private static final int HOP_MILLIS = 100;
    private static final float THRESHOLD = 0.6f; // of the smoothed probability
    private static final float STANDS_OUT = 9; // dB above the noise
    private static final float QUIETEST = -70; // dBFS: the noise of a silent line counts as this loud
    private static final float NOISE_RISES = 3; // dB a second at most
    private static final int ENERGY_MILLIS = 100; // over which loudness is averaged
    private static final int HALF_WORD_MILLIS = 250; // from the loudest part of a word to its end

    private final SensorNetwork network;
    private final int clipFrames;
    private final int hop; // frames
    private final int energyFrames;
    private final int halfWord; // frames
    private final float rise; // dB a frame
    private final short[] clip; // [clip]
    private final float[] probabilities; // [word]

    /// What was heard.
    ///
    /// @param first         slot at which the clip begins
    /// @param probabilities `[word]`
    public record Heard(long first, float[] probabilities) {}

    /// What became of a look at a source.
    public sealed interface Outcome {}

    /// It was not time to look, or there was nothing to look at.
    public record NotDue() implements Outcome {}

    /// Too few frames of the clip came.
    public record Abstained() implements Outcome {}

    /// The clip was classified.
    ///
    /// @param heard null when no word is certain enough
    /// @param nanos that the classifier took
    public record Classified(@Nullable Heard heard, long nanos) implements Outcome {}

    private static final Outcome NOT_DUE = new NotDue();
    private static final Outcome ABSTAINED = new Abstained();

    /// @param network one with sound
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

    /// A frame was added to the ring that is newer than all that the track knows of.
    ///
    /// @param slot that of the frame; the ring may hold newer ones, they are not looked at
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

    /// True once per hop, also when the frame at which it falls is missing.
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

    /// The source has ended. Nothing more may come for this track.
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

    /// False when the classifier gave no numbers.
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

    /// The slot at which the loudest stretch ends.
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

    /// Mean energy of the frames up to a slot, dBFS; missing ones do not count.
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
