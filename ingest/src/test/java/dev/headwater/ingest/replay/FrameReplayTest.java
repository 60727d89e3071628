package dev.headwater.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.FrameCodec;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.replay.ClipSource.Recording;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReplayTest {

    private static final SensorNetwork SPEECH = NetworkFile.load("speech");
    private static final AudioSpec AUDIO = Objects.requireNonNull(SPEECH.audio());
    private static final ReplayOptions MAX = ReplayOptions.all(Speed.MAX).withProgress(ReplayOptions.Progress.NEVER);
    private static final long SLOT = 88_000_000_000L;

    @TempDir
    private Path folder;

    private final FrameCodec codec = new FrameCodec(SPEECH, AUDIO);
    private EmbeddedBroker broker;
    private ClientConfig config;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(folder, 0);
        config = ClientConfig.of(broker.bootstrapServers());
        TopicAdmin.ensure(config, Topics.of(SPEECH).specs());
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    /// All records by key, in the order of their partition.
    private Map<String, List<ConsumerRecord<String, byte[]>>> drain() {
        Map<String, List<ConsumerRecord<String, byte[]>>> records = new HashMap<>();
        try (var consumer = config.openConsumer("test", "", new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int p = 0; p < Topics.DEFAULT_PARTITIONS; p++) {
                partitions.add(new TopicPartition(Topics.of(SPEECH).readings(), p));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> records.computeIfAbsent(record.key(), absent -> new ArrayList<>())
                                .add(record));
            }
        }
        return records;
    }

    @Test
    void sendsRecordingsInOrderPerSource() {
        // Given recordings of a second and less
        Random random = new Random(3);
        List<Recording> recordings = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            short[] samples = new short[320 * (1 + random.nextInt(50))];
            samples[0] = (short) i;
            recordings.add(new Recording("word/" + i, samples));
        }
        // When eight are played in parallel
        ReplayReport report = new Replayer(config).replay(new ClipSource(SPEECH, AUDIO, recordings, 8, SLOT), MAX);
        // Then every source has its frames in order, 20 ms apart, and its end
        Map<String, List<ConsumerRecord<String, byte[]>>> records = drain();
        assertThat(records).hasSize(60);
        long sent = 0;
        for (Recording recording : recordings) {
            List<ConsumerRecord<String, byte[]>> own = records.get(recording.source());
            sent += own.size();
            assertThat(own).hasSize(recording.samples().length / 320 + 1);
            for (int f = 0; f < own.size(); f++) {
                assertThat(own.get(f).timestamp()).isEqualTo(own.getFirst().timestamp() + 20L * f);
            }
            assertThat(codec.decode(own.getFirst().value()))
                    .containsExactly(java.util.Arrays.copyOf(recording.samples(), 320));
            assertThat(codec.decode(own.getLast().value())).isEmpty();
        }
        assertThat(report.readings()).isEqualTo(sent);
    }

    @Test
    void sendsWhatComesInUntilItEnds() {
        // Given two frames and a half of raw samples
        byte[] raw = new byte[2 * 800];
        new Random(4).nextBytes(raw);
        var source = new LiveSource(SPEECH, AUDIO, "standard input", "mic", new ByteArrayInputStream(raw), SLOT);
        // When
        new Replayer(config).replay(source, MAX);
        // Then three frames and the end are there
        List<ConsumerRecord<String, byte[]>> own = drain().get("mic");
        assertThat(own).hasSize(4);
        short[] third = codec.decode(own.get(2).value());
        for (int i = 0; i < 320; i++) {
            int at = 2 * (640 + i);
            short expected = at < raw.length ? (short) (raw[at] & 0xFF | raw[at + 1] << 8) : 0;
            assertThat(third[i]).isEqualTo(expected);
        }
        assertThat(codec.decode(own.getLast().value())).isEmpty();
        assertThat(own.getLast().timestamp()).isEqualTo(20 * (SLOT + 3));
    }

    @Test
    void anInterruptEndsASourceThatNeverEnds() throws Exception {
        // Given an input that sends one frame and stays open
        try (PipedOutputStream line = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(line)) {
            LiveSource source = new LiveSource(SPEECH, AUDIO, "microphone", "mic", in, SLOT);
            line.write(new byte[640]);
            CompletableFuture<Thread> sending = new CompletableFuture<>();
            CompletableFuture<ReplayReport> report = CompletableFuture.supplyAsync(() -> {
                sending.complete(Thread.currentThread());
                return new Replayer(config).replay(source, MAX);
            });
            // When
            org.awaitility.Awaitility.await().until(() -> drain().containsKey("mic"));
            sending.get(10, TimeUnit.SECONDS).interrupt();
            // Then it stops cleanly, and the source has ended
            assertThat(report.get(30, TimeUnit.SECONDS).readings()).isEqualTo(2);
            assertThat(codec.decode(drain().get("mic").getLast().value())).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100}) // 100: as many as wait before the sender takes any
    void saysThatALineBrokeOff(int frames) throws Exception {
        // Given a line that breaks after some frames, before the first one is sent
        CompletableFuture<Void> broken = new CompletableFuture<>();
        InputStream end = new InputStream() {
            @Override
            public int read() throws IOException {
                broken.complete(null);
                throw new IOException("unplugged");
            }
        };
        InputStream line = new SequenceInputStream(new ByteArrayInputStream(new byte[frames * 640]), end);
        LiveSource source = new LiveSource(SPEECH, AUDIO, "microphone", "mic", line, SLOT);
        broken.get(10, TimeUnit.SECONDS);
        // When / Then
        CompletableFuture<ReplayReport> report =
                CompletableFuture.supplyAsync(() -> new Replayer(config).replay(source, MAX));
        assertThatThrownBy(() -> report.get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(InvalidInputException.class)
                .hasRootCauseMessage("unplugged")
                .hasMessageContaining("microphone: broke off: unplugged");
    }
}
