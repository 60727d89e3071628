package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.bus.ModelTopic.Sizes;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.artefact.ModelFile;
import dev.headwater.forecasting.artefact.Models;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTopicTest {

    private static final String NETWORK = "made-up";
    private static final Sizes SMALL = new Sizes(1_000, 1_024);

    @TempDir
    private Path folder;

    private static Artefact version(int version) {
        byte[] bytes = ModelFile.write(Models.small(version).withVersion(version));
        return Artefact.of(bytes, "version " + version);
    }

    private static byte[] bytes(Artefact artefact) {
        return artefact.bytes().toArray(ValueLayout.JAVA_BYTE);
    }

    private Path parts() {
        return folder.resolve("parts");
    }

    /// What the topic brings, in its order.
    private List<ModelAssembly.Arrival> arrivals(ClientConfig client) {
        List<ModelAssembly.Arrival> arrivals = new ArrayList<>();
        try (ModelAssembly assembly = new ModelAssembly(NETWORK, parts());
                TopicReader reader = TopicReader.open(client, Topics.MODELS)) {
            reader.drain(record -> {
                ModelAssembly.Arrival arrival = assembly.take(record.key(), record.offset(), record.value());
                if (arrival != null) {
                    arrivals.add(arrival);
                }
            });
        }
        return arrivals;
    }

    /// The values that compaction keeps: their lengths by key.
    private static Map<String, Integer> kept(ClientConfig client) {
        Map<String, Integer> kept = new TreeMap<>();
        try (TopicReader reader = TopicReader.open(client, Topics.MODELS)) {
            reader.drain(record -> {
                if (record.value() == null) {
                    kept.remove(record.key());
                } else {
                    kept.put(record.key(), record.value().length);
                }
            });
        }
        return kept;
    }

    @Test
    void whatIsNoModelIsRefusedBeforeAnyBrokerIsAsked() {
        // Given
        ClientConfig nobody = ClientConfig.of("localhost:1");
        Artefact text = Artefact.of("a model".getBytes(StandardCharsets.UTF_8), "model.zip");

        // Then
        assertThatThrownBy(() -> ModelTopic.publish(nobody, text, sent -> {}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("model.zip: no Headwater model: not a zip file");
    }

    @Test
    void aSmallOneTravelsWholeAndALargeOneInParts() throws IOException {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            Artefact first = version(1);
            Artefact second = version(2);
            List<Long> progress = new ArrayList<>();

            // When
            ModelTopic.Publication whole = ModelTopic.publish(client, first, progress::add);
            boolean silent = progress.isEmpty();
            ModelTopic.Publication inParts =
                    ModelTopic.publish(client, second, ModelRole.CHAMPION, progress::add, SMALL);

            // Then
            List<ModelAssembly.Arrival> arrivals = arrivals(client);
            assertThat(arrivals).hasSize(2);
            assertThat(bytes(arrivals.get(0).artefact())).isEqualTo(bytes(first));
            assertThat(bytes(arrivals.get(1).artefact())).isEqualTo(bytes(second));
            assertThat(ModelFile.read(arrivals.get(1).artefact()).manifest().version())
                    .isEqualTo(2);
            assertThat(arrivals.get(1).source()).isEqualTo("headwater.models.v1 offset " + inParts.offset());
            assertThat(whole.offset()).isZero();
            assertThat(inParts.bytes()).isEqualTo(second.size());
            assertThat(silent).isTrue();
            assertThat(progress).isSorted().hasSize((int) Math.ceilDiv(second.size(), 1_024));
            assertThat(progress.getLast()).isEqualTo(second.size());
            try (Stream<Path> files = Files.list(parts())) {
                assertThat(files).as("files with a name").isEmpty();
            }
        }
    }

    @Test
    void aSmallerOneLeavesNoPartsOfALargerOneBehind() {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());

            // When
            ModelTopic.publish(client, version(1), ModelRole.CHAMPION, sent -> {}, new Sizes(1_000, 512));
            int before = kept(client).size();
            ModelTopic.publish(client, version(2), ModelRole.CHAMPION, sent -> {}, new Sizes(1_000, 4_096));

            // Then
            int parts = (int) Math.ceilDiv(version(2).size(), 4_096);
            assertThat(before).isGreaterThan(parts + 1);
            assertThat(kept(client)).hasSize(parts + 1).containsKeys(NETWORK, NETWORK + "#00000");
        }
    }

    @Test
    void ofAPublisherThatDiesBetweenPartsNothingIsSeen() {
        // Given a large model, and a publisher that has sent some parts of another one
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            ModelTopic.publish(client, version(1), ModelRole.CHAMPION, sent -> {}, SMALL);
            try (KafkaProducer<String, byte[]> dying = client.openTransactionalProducer(
                    "dying", "headwater-models-made-up", Duration.ofMinutes(10), new ByteArraySerializer())) {
                dying.initTransactions();
                dying.beginTransaction();
                for (int part = 0; part < 3; part++) {
                    dying.send(new ProducerRecord<>(Topics.MODELS, PartsHead.key(NETWORK, part), new byte[] {1, 2, 3}));
                }
                dying.flush();

                // When
                List<ModelAssembly.Arrival> meanwhile = arrivals(client);
                ModelTopic.publish(client, version(2), ModelRole.CHAMPION, sent -> {}, SMALL);

                // Then
                assertThat(meanwhile).hasSize(1);
                assertThat(bytes(meanwhile.getFirst().artefact())).isEqualTo(bytes(version(1)));
                assertThatThrownBy(dying::commitTransaction).isInstanceOf(ProducerFencedException.class);
                assertThat(arrivals(client)).hasSize(2);
                assertThat(bytes(arrivals(client).getLast().artefact())).isEqualTo(bytes(version(2)));
                assertThat(kept(client).values()).doesNotContain(3);
            }
        }
    }

    @Test
    void ofPublicationsAtTheSameTimeEachIsSeenAsAWholeOrNotAtAll() {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            List<CompletableFuture<Boolean>> publishers = new ArrayList<>();

            // When
            for (int version = 1; version <= 4; version++) {
                Artefact artefact = version(version);
                publishers.add(CompletableFuture.supplyAsync(() -> isPublished(client, artefact)));
            }
            long published = publishers.stream().filter(CompletableFuture::join).count();

            // Then
            List<ModelAssembly.Arrival> arrivals = arrivals(client);
            assertThat(published).isPositive();
            assertThat(arrivals).hasSize((int) published);
            arrivals.forEach(arrival -> ModelFile.read(arrival.artefact()));
        }
    }

    @Test
    void aChallengerHasItsOwnKeyIsPromotedAndWithdrawn() {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            SensorNetwork network = ModelFile.read(version(1)).manifest().network();
            ModelTopic.publish(client, version(1), sent -> {});

            // When a challenger comes in parts, then readers of the champion do not see it
            ModelTopic.publish(client, version(2), ModelRole.CHALLENGER, sent -> {}, SMALL);
            assertThat(arrivals(client)).hasSize(1);
            ModelHistory both = ModelHistory.read(client, network, folder.resolve("none"));
            assertThat(both.champion()).map(ModelHistory.Found::id).hasValue("seq2seq-gru@1");
            assertThat(both.challenger()).map(ModelHistory.Found::id).hasValue("seq2seq-gru@2");

            // When it is promoted, then it is the champion, and nothing of the challenger is left
            ModelTopic.promote(client, version(2), sent -> {});
            ModelHistory promoted = ModelHistory.read(client, network, folder.resolve("none"));
            assertThat(promoted.champion()).map(ModelHistory.Found::id).hasValue("seq2seq-gru@2");
            assertThat(promoted.challenger()).isEmpty();
            assertThat(kept(client)).containsOnlyKeys(NETWORK);

            // When another is withdrawn, then the champion stays; withdrawing none does no harm
            ModelTopic.publish(client, version(3), ModelRole.CHALLENGER, sent -> {});
            ModelTopic.withdraw(client, NETWORK);
            ModelTopic.withdraw(client, NETWORK);
            assertThat(kept(client)).containsOnlyKeys(NETWORK);
        }
    }

    /// As when a promotion ended before it withdrew the challenger.
    @Test
    void aChallengerThatIsTheChampionIsNone() {
        // Given
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            ModelTopic.publish(client, version(2), ModelRole.CHALLENGER, sent -> {});

            // When
            ModelTopic.publish(client, version(2), sent -> {});

            // Then
            SensorNetwork network = ModelFile.read(version(2)).manifest().network();
            ModelHistory history = ModelHistory.read(client, network, folder.resolve("none"));
            assertThat(history.champion()).isPresent();
            assertThat(history.challenger()).isEmpty();
        }
    }

    private static boolean isPublished(ClientConfig client, Artefact artefact) {
        try {
            ModelTopic.publish(client, artefact, ModelRole.CHAMPION, sent -> {}, SMALL);
            return true;
        } catch (InvalidInputException e) {
            assertThat(e).hasMessageContaining("another publication of its network began");
            return false;
        }
    }
}
