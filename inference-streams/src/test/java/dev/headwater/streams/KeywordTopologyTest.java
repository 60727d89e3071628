package dev.headwater.streams;

import static dev.headwater.streams.ListeningFixture.NETWORK;
import static dev.headwater.streams.ListeningFixture.SLOT;
import static dev.headwater.streams.ListeningFixture.entries;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.audio.KeywordClassifier;
import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.forecasting.audio.Tones;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeywordTopologyTest {

    @TempDir
    private Path stateDir;

    private final Random random = new Random(5);
    private ListeningFixture stream;

    @BeforeEach
    void open() {
        stream = new ListeningFixture(stateDir);
    }

    @AfterEach
    void close() {
        stream.close();
    }

    private short[] clip(int word) {
        short[] clip = Tones.noise(50, random);
        Tones.speak(clip, random.nextInt(31), word);
        return clip;
    }

    private double count(String metric) {
        return stream.registry.get(metric).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Test
    void aClipGivesOneEventWithTheWordOfThatClip() {
        for (int i = 0; i < 20; i++) {
            // Given a word anywhere in a clip
            short[] clip = clip(i % 8);
            float[] offline = new float[8];
            new Tones().classify(clip, 0, offline);
            // When
            stream.play("mic/" + i, clip, SLOT);
            stream.end("mic/" + i, SLOT + 50);
            // Then
            List<TestRecord<String, byte[]>> records = stream.records();
            assertThat(records).hasSize(1);
            assertThat(records.getFirst().key()).isEqualTo("mic/" + i);
            assertThat(records.getFirst().timestamp()).isEqualTo(NETWORK.clock().startMillis(SLOT));
            KeywordEvent event = new dev.headwater.bus.KeywordCodec()
                    .decode(records.getFirst().value());
            assertThat(event.source()).isEqualTo("mic/" + i);
            assertThat(event.word()).isEqualTo(Tones.AUDIO.words().get(i % 8));
            assertThat(event.probabilities()).containsExactly(offline);
            assertThat(event.from()).isEqualTo(NETWORK.clock().startMillis(SLOT));
            assertThat(event.to()).isEqualTo(event.from() + 1000);
            assertThat(event.model()).isEqualTo("tones@1");
        }
        assertThat(count("headwater.keywords")).isEqualTo(20);
        assertThat(stream.registry.get("headwater.classification").timer().count())
                .isGreaterThanOrEqualTo(20);
    }

    @Test
    void theSameFramesAreForecast() {
        // Given 60 frames, a lookback of 24
        stream.play("mic", Tones.noise(60, random), SLOT);
        stream.pass(Duration.ofMillis(5));
        assertThat(stream.forecasts()).isEqualTo(60 - 23);
    }

    @Test
    void wordsInALongSoundAreHeardOneByOne() {
        // Given three sources in parallel
        List<List<String>> spoken = new ArrayList<>();
        for (int s = 0; s < 3; s++) {
            short[] sound = Tones.noise(800, random);
            spoken.add(new ArrayList<>());
            for (int frame = 40; frame < 700; frame += 70 + random.nextInt(30)) {
                int word = random.nextInt(8);
                Tones.speak(sound, frame, word);
                spoken.getLast().add(Tones.AUDIO.words().get(word));
            }
            stream.play("mic" + s, sound, SLOT + 13 * s);
        }
        // When, Then
        List<KeywordEvent> events = stream.events();
        for (int s = 0; s < 3; s++) {
            String source = "mic" + s;
            assertThat(events.stream().filter(event -> event.source().equals(source)))
                    .extracting(KeywordEvent::word)
                    .containsExactlyElementsOf(spoken.get(s));
        }
    }

    @Test
    void whatIsNoFrameIsSetAsideOnceAndNotHeard() {
        // Given a clip with bad records between its frames
        short[] clip = clip(3);
        for (int f = 0; f < 50; f++) {
            stream.play("mic", Tones.frame(clip, f), SLOT + f);
            stream.raw("mic", new byte[] {(byte) 0x9E, 2, 1, 0}, SLOT + f);
            stream.raw("mic", "{\"energy\":-30}".getBytes(), SLOT + f);
        }
        stream.raw("", new byte[] {(byte) 0x9E, 2, 1}, SLOT);
        // When
        stream.end("mic", SLOT + 50);
        // Then
        assertThat(stream.events())
                .extracting(KeywordEvent::word)
                .containsExactly(Tones.AUDIO.words().get(3));
        assertThat(stream.deadLetters()).isEqualTo(101);
    }

    @Test
    void anotherModelMayTakeOverInTheMiddle() {
        // Given a clip heard by one model
        stream.play("mic", clip(1), SLOT);
        stream.end("mic", SLOT + 50);
        // When another one is in service
        stream.classifier = new KeywordClassifier() {
            @Override
            public String name() {
                return "other@2";
            }

            @Override
            public List<String> words() {
                return stream.tones.words();
            }

            @Override
            public int clip() {
                return stream.tones.clip();
            }

            @Override
            public void classify(short[] pcm, int from, float[] probabilities) {
                stream.tones.classify(pcm, from, probabilities);
            }
        };
        stream.play("mic2", clip(1), SLOT);
        stream.end("mic2", SLOT + 50);
        // and then one without a keyword classifier
        stream.classifier = null;
        stream.play("mic3", clip(1), SLOT);
        stream.end("mic3", SLOT + 50);
        // Then
        assertThat(stream.events()).extracting(KeywordEvent::model).containsExactly("tones@1", "other@2");
    }

    @Test
    void abstainsWhereMostFramesAreMissing() {
        short[] clip = clip(1);
        for (int f = 0; f < 49; f += 7) {
            stream.play("mic", Tones.frame(clip, f), SLOT + f);
        }
        stream.end("mic", SLOT + 50);
        assertThat(stream.events()).isEmpty();
        assertThat(count("headwater.keywords.abstained")).isEqualTo(1);
    }

    @Test
    void aClassifierThatFailsDoesNotEndTheStream() {
        // Given
        stream.classifier = new KeywordClassifier() {
            @Override
            public String name() {
                return "broken@1";
            }

            @Override
            public List<String> words() {
                return Tones.AUDIO.words();
            }

            @Override
            public int clip() {
                return Tones.AUDIO.clip();
            }

            @Override
            public void classify(short[] pcm, int from, float[] probabilities) {
                throw new IllegalStateException("test");
            }
        };

        // When
        stream.play("mic", clip(1), SLOT);
        stream.end("mic", SLOT + 50);
        double abstained = count("headwater.keywords.abstained");
        stream.classifier = stream.tones;
        stream.play("mic2", clip(1), SLOT);
        stream.end("mic2", SLOT + 50);

        // Then
        assertThat(abstained).isPositive();
        assertThat(stream.events()).extracting(KeywordEvent::source).containsExactly("mic2");
    }

    @Test
    void aFrameWritesItselfAndLittleElse() {
        stream.play("mic", Tones.noise(200, random), SLOT);
        var frames = stream.store(ForecastTopology.FRAMES_STORE);
        assertThat(entries(frames)).isEqualTo(100);
        assertThat(frames.get("mic#0")).hasSize(649);
        assertThat(stream.store(ForecastTopology.SOURCES_STORE).get("mic")).hasSizeLessThan(200);
    }

    @Test
    void sourcesThatWentAreForgotten() {
        // Given one that ended, one that fell silent and one that goes on
        for (String source : List.of("ended", "silent", "going")) {
            stream.play(source, clip(2), SLOT);
        }
        stream.end("ended", SLOT + 50);
        assertThat(entries(stream.store(ForecastTopology.FRAMES_STORE))).isEqualTo(100);
        // When a while goes by
        stream.pass(Duration.ofSeconds(4));
        // Then only the one that ended is gone
        assertThat(entries(stream.store(ForecastTopology.SOURCES_STORE))).isEqualTo(2);
        assertThat(stream.sensors().size()).isEqualTo(2);
        assertThat(stream.registry.get("headwater.sensors.known").gauge().value())
                .isEqualTo(2);
        // When a minute goes by
        stream.pass(Duration.ofSeconds(40));
        stream.play("going", Tones.noise(1, random), SLOT + 50);
        stream.pass(Duration.ofSeconds(40));
        // Then the silent one is gone too
        assertThat(entries(stream.store(ForecastTopology.SOURCES_STORE))).isEqualTo(1);
        assertThat(stream.sensors().size()).isEqualTo(1);
        assertThat(entries(stream.store(ForecastTopology.FRAMES_STORE))).isEqualTo(51);
    }

    @Test
    void aSourceMayBeginAgainAfterItEnded() {
        // Given a clip that is played twice under one name, the second time earlier
        stream.play("mic", clip(2), SLOT);
        stream.end("mic", SLOT + 50);
        stream.play("mic", clip(6), SLOT - 1_000);
        stream.end("mic", SLOT - 950);
        stream.end("mic", SLOT - 950);
        stream.end("unheard", SLOT);
        // Then
        assertThat(stream.events())
                .extracting(KeywordEvent::word)
                .containsExactly(Tones.AUDIO.words().get(2), Tones.AUDIO.words().get(6));
        stream.pass(Duration.ofMillis(5));
        assertThat(stream.forecasts()).isEqualTo(2 * 27);
    }
}
