package dev.headwater.streams;

import static dev.headwater.streams.StreamFixture.NETWORK;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.ModelTopic;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.network.SensorNetwork;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/// A follower of the models topic on a real broker.
abstract class FollowerFixture {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final Topics TOPICS = Topics.of(NETWORK);
    static final int PARTITIONS = 2;

    @TempDir
    Path folder;

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    double following() {
        return registry.get("headwater.models.following").gauge().value();
    }

    static ClientConfig ready(EmbeddedBroker broker) {
        ClientConfig client = ClientConfig.of(broker.bootstrapServers());
        TopicAdmin.ensure(client, TOPICS.specs(PARTITIONS));
        return client;
    }

    StreamSettings settings(ClientConfig client) {
        return StreamSettings.of(client, "hot-swap", folder.resolve("streams"), Guarantee.EXACTLY_ONCE);
    }

    ModelFollower follower(ClientConfig client, @Nullable ServedModel starting) {
        return follower(client, NETWORK, starting);
    }

    ModelFollower follower(ClientConfig client, SensorNetwork network, @Nullable ServedModel starting) {
        ModelFollower models = ModelFollower.start(settings(client), network, starting, registry);
        await().atMost(PATIENCE).until(models::isCaughtUp);
        return models;
    }

    static void publish(ClientConfig client, int version) {
        Artefact artefact = Artefact.of(Artefacts.of(NETWORK, version, 2), "version " + version);
        ModelTopic.publish(client, artefact, sent -> {});
    }

    /// Bypasses the publisher's checks, as any client could.
    static void putRaw(ClientConfig client, byte[] value) throws Exception {
        try (KafkaProducer<String, byte[]> producer = client.openProducer("foreign", new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.MODELS, NETWORK.name(), value))
                    .get();
        }
    }

    double refused() {
        return registry.get("headwater.models.refused").counter().count();
    }
}
