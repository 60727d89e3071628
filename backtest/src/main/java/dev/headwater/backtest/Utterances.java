package dev.headwater.backtest;

import dev.headwater.forecasting.audio.Clip;
import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.ingest.replay.ClipSource.Recording;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Joins clips into one long sound with soft noise between them, and scores the words heard in it.
public final class Utterances {

    static final String SOURCE = "continuous";

    private static final double PAUSE_SECONDS = 0.6;
    private static final double NOISE = 20; // of 16 bits: 64 dB below full scale
    private static final long SEED = 7;
    private static final double MILLIS = 1_000;

    private final List<Clip> clips;
    private final int sampleRate;
    private final int span; // samples of a clip and a pause
    private final int pause; // samples

    Utterances(List<Clip> clips, AudioSpec audio) {
        this.clips = clips;
        this.sampleRate = audio.sampleRate();
        this.pause = (int) (PAUSE_SECONDS * sampleRate);
        this.span = audio.clip() + pause;
    }

    /// The long sound: half a pause before and after each clip.
    Recording recording() {
        short[] samples = new short[Math.multiplyExact(span, clips.size())];
        Random random = new Random(SEED);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round(NOISE * random.nextGaussian());
        }
        for (int c = 0; c < clips.size(); c++) {
            short[] clip = clips.get(c).samples();
            System.arraycopy(clip, 0, samples, c * span + pause / 2, clip.length);
        }
        return new Recording(SOURCE, samples);
    }

    /// Counts of the words heard in a long sound.
    ///
    /// @param utterances words spoken
    /// @param events     events issued
    /// @param heard      utterances with an event
    /// @param right      of these, utterances with the right word
    /// @param extra      events beyond the first of an utterance
    public record Score(int utterances, int events, int heard, int right, int extra) {}

    /// An event belongs to the utterance in whose span the middle of its clip lies.
    ///
    /// @param begin begin of the sound, milliseconds since 1970
    Score score(List<KeywordEvent> events, long begin) {
        int[] count = new int[clips.size()]; // [clip]
        int right = 0;
        for (KeywordEvent event : events) {
            double seconds = ((event.from() + event.to()) / 2.0 - begin) / MILLIS;
            int clip = Math.clamp((long) (seconds * sampleRate / span), 0, clips.size() - 1);
            right += count[clip]++ == 0 && event.word().equals(clips.get(clip).word()) ? 1 : 0;
        }
        int heard = (int) Arrays.stream(count).filter(n -> n > 0).count();
        return new Score(clips.size(), events.size(), heard, right, events.size() - heard);
    }
}
