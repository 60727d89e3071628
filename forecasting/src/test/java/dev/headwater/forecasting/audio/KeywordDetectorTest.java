package dev.headwater.forecasting.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.audio.KeywordDetector.Abstained;
import dev.headwater.forecasting.audio.KeywordDetector.Classified;
import dev.headwater.forecasting.audio.KeywordDetector.Heard;
import dev.headwater.forecasting.audio.KeywordDetector.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordDetectorTest {

    private static final long SLOT = 88_000_000_007L;

    private final Tones tones = new Tones();
    private final KeywordDetector detector = new KeywordDetector(Tones.NETWORK, Tones.AUDIO);
    private final Random random = new Random(17);
    private final List<Heard> heard = new ArrayList<>();
    private FrameRing ring = new FrameRing(Tones.FRAME, 100);
    private KeywordTrack track = new KeywordTrack(8);

    private void book(Outcome outcome) {
        if (outcome instanceof Classified(var one, long nanos) && one != null) {
            heard.add(one);
            assertThat(nanos).isNotNegative();
        }
    }

    private void listen(short[] sound, int from, int to) {
        for (int f = from; f < to; f++) {
            ring.add(SLOT + f, Tones.frame(sound, f));
            book(detector.advanced(ring, track, SLOT + f, tones));
        }
    }

    private static int word(Heard heard) {
        return KeywordEvent.likeliest(heard.probabilities());
    }

    @ParameterizedTest
    @ValueSource(ints = {35, 47, 60, 83, 120})
    void hearsEachUtteranceOnce(int apart) {
        // Given words of 0.4 s, 0.7 to 2.4 s apart, in soft noise
        short[] sound = Tones.noise(60 + 20 * apart + 60, random);
        List<Integer> spoken = new ArrayList<>();
        for (int u = 0; u < 20; u++) {
            spoken.add(random.nextInt(8));
            Tones.speak(sound, 60 + u * apart, spoken.getLast());
        }
        // When
        listen(sound, 0, sound.length / Tones.FRAME);
        // Then each word is heard once, in its clip, if there is room for a clip with one word in its middle
        if (apart >= 60) {
            assertThat(heard).extracting(KeywordDetectorTest::word).containsExactlyElementsOf(spoken);
            for (int u = 0; u < 20; u++) {
                assertThat(SLOT + 70 + u * apart)
                        .isBetween(heard.get(u).first(), heard.get(u).first() + 49);
            }
        }
        // and never more often than it was spoken
        assertThat(heard).hasSizeLessThanOrEqualTo(20).isNotEmpty();
    }

    @Test
    void neitherClassifiesNorHearsNoise() {
        listen(Tones.noise(1_000, random), 0, 1_000);
        book(detector.ended(ring, track, tones));
        assertThat(heard).isEmpty();
        assertThat(tones.classified()).isZero();
    }

    @Test
    void aClipOnItsOwnIsDecidedAtItsEndWhateverTheConfidence() {
        // Given one second each of noise, of silence, and of a word at the beginning
        short[] early = Tones.noise(50, random);
        Tones.speak(early, 0, 3);
        for (short[] clip : List.of(Tones.noise(50, random), new short[50 * Tones.FRAME], early)) {
            ring = new FrameRing(Tones.FRAME, 100);
            track = new KeywordTrack(8);
            heard.clear();
            // When it is heard and the source ends
            listen(clip, 0, 50);
            book(detector.ended(ring, track, tones));
            // Then there is one event, with the classifier's probabilities for that clip
            float[] offline = new float[8];
            tones.classify(clip, 0, offline);
            assertThat(heard).hasSize(1);
            assertThat(heard.getFirst().probabilities()).containsExactly(offline);
            assertThat(heard.getFirst().first()).isEqualTo(SLOT);
        }
    }

    @Test
    void aWordInTheMiddleOfAClipIsNotDecidedTwice() {
        short[] clip = Tones.noise(50, random);
        Tones.speak(clip, 15, 5);
        listen(clip, 0, 50);
        assertThat(heard).hasSize(1);
        book(detector.ended(ring, track, tones));
        assertThat(heard).hasSize(1);
        assertThat(word(heard.getFirst())).isEqualTo(5);
    }

    @Test
    void aShortSourceIsFollowedBySilence() {
        // Given a word in 0.6 s of sound
        short[] sound = Tones.noise(30, random);
        Tones.speak(sound, 5, 2);
        // When
        listen(sound, 0, 30);
        book(detector.ended(ring, track, tones));
        // Then
        float[] offline = new float[8];
        tones.classify(java.util.Arrays.copyOf(sound, 16_000), 0, offline);
        assertThat(heard).hasSize(1);
        assertThat(heard.getFirst().probabilities()).containsExactly(offline);
    }

    @Test
    void abstainsWhereTooFewFramesCame() {
        // Given a clip of which only every sixth frame arrived, and a source without frames
        short[] clip = Tones.noise(50, random);
        Tones.speak(clip, 15, 5);
        for (int f = 0; f < 50; f += 6) {
            listen(clip, f, f + 1);
        }
        // When, Then
        assertThat(detector.ended(ring, track, tones)).isInstanceOf(Abstained.class);
        assertThat(detector.ended(new FrameRing(Tones.FRAME, 100), new KeywordTrack(8), tones))
                .isInstanceOf(KeywordDetector.NotDue.class);
        assertThat(tones.classified()).isZero();
    }

    @Test
    void missingFramesAreZeros() {
        // Given a clip without its fourth frame
        short[] clip = Tones.noise(50, random);
        listen(clip, 0, 3);
        listen(clip, 4, 50);
        book(detector.ended(ring, track, tones));
        java.util.Arrays.fill(clip, 3 * Tones.FRAME, 4 * Tones.FRAME, (short) 0);
        float[] offline = new float[8];
        tones.classify(clip, 0, offline);
        assertThat(heard.getFirst().probabilities()).containsExactly(offline);
    }

    @Test
    void goesOnAsBeforeFromWhatItWrote() {
        // Given a sound with words and gaps, and the words heard in it without interruption
        short[] sound = Tones.noise(1_500, random);
        for (int frame = 40; frame < 1_450; frame += 50 + random.nextInt(60)) {
            Tones.speak(sound, frame, random.nextInt(8));
        }
        boolean[] lost = new boolean[1_500];
        for (int f = 0; f < lost.length; f++) {
            lost[f] = random.nextInt(12) == 0;
        }
        play(sound, lost, false);
        List<Heard> uninterrupted = List.copyOf(heard);
        assertThat(uninterrupted).hasSizeGreaterThan(10);
        // When the track is written and read before each frame
        heard.clear();
        ring = new FrameRing(Tones.FRAME, 100);
        track = new KeywordTrack(8);
        play(sound, lost, true);
        // Then the result is bit-identical
        assertThat(heard).usingRecursiveFieldByFieldElementComparator().containsExactlyElementsOf(uninterrupted);
    }

    private void play(short[] sound, boolean[] lost, boolean interrupted) {
        for (int f = 0; f < lost.length; f++) {
            if (interrupted) {
                ByteBuffer bytes = ByteBuffer.allocate(track.bytes());
                track.write(bytes);
                assertThat(bytes.hasRemaining()).isFalse();
                track = new KeywordTrack(8);
                track.read(bytes.flip());
            }
            if (!lost[f]) {
                listen(sound, f, f + 1);
            }
        }
    }

    @Test
    void hearsNothingWhereTheClassifierGivesNoNumbers() {
        KeywordClassifier broken = new KeywordClassifier() {
            @Override
            public String name() {
                return "broken@1";
            }

            @Override
            public List<String> words() {
                return tones.words();
            }

            @Override
            public int clip() {
                return tones.clip();
            }

            @Override
            public void classify(short[] pcm, int from, float[] probabilities) {
                java.util.Arrays.fill(probabilities, 0.1f);
                probabilities[7] = Float.NaN;
            }
        };
        short[] clip = Tones.noise(50, random);
        Tones.speak(clip, 15, 5);
        for (int f = 0; f < 50; f++) {
            ring.add(SLOT + f, Tones.frame(clip, f));
            book(detector.advanced(ring, track, SLOT + f, broken));
        }
        book(detector.ended(ring, track, broken));
        assertThat(heard).isEmpty();
    }
}
