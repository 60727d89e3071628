package dev.headwater.streams;

import static dev.headwater.streams.StreamFixture.NETWORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.ModelTopic;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelFile;
import dev.headwater.forecasting.network.FeatureSpec;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.Profile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import io.micrometer.core.instrument.config.MeterFilter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Models that are large, come in parts or make the follower fail, and a broker that goes away.
class LargeModelFollowerTest extends FollowerFixture {

    @Test
    void theFollowerOutlivesABrokerOutageAndTakesALargeModel() throws Exception {
        // Given
        Path data = folder.resolve("broker");
        EmbeddedBroker broker = EmbeddedBroker.start(data, 0);
        ClientConfig client = ready(broker);
        publish(client, 1);
        try (ModelFollower models = follower(client, null)) {
            int port = broker.port();

            // When
            broker.close();
            String during = models.get().id();
            byte[] large = Artefacts.large(NETWORK, 2);
            try (EmbeddedBroker again = EmbeddedBroker.start(data, port)) {
                assertThat(again.port()).isEqualTo(port);
                ModelTopic.publish(client, Artefact.of(large, "large"), sent -> {});
                await().atMost(PATIENCE).until(() -> models.get().id().equals("seq2seq-gru@2"));
            }

            // Then
            assertThat(during).isEqualTo("seq2seq-gru@1");
            assertThat(large.length).isGreaterThan(1 << 20); // more than Kafka's default limit of a record
        } finally {
            broker.close();
        }
    }

    @Test
    void aModelOfManySensorsComesInPartsAndIsReadWhereItLies() throws Exception {
        // Given
        SensorNetwork many = NetworkBuilder.like(NETWORK)
                .features(new FeatureSpec(null, null, null, null, Profile.MOVING, true, null))
                .build();
        ForecastModel model = Artefacts.model(many, 2, 4_000);
        Artefact artefact = Artefact.of(ModelFile.write(model), "many");
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ready(broker);
            ModelTopic.publish(client, Artefact.of(Artefacts.of(many, 1, 2), "few"), sent -> {});
            try (ModelFollower models = follower(client, many, null)) {
                String before = models.get().id();

                // When
                ModelTopic.publish(client, artefact, sent -> {});
                await().atMost(PATIENCE).until(() -> models.get().id().equals("seq2seq-gru@2"));
                putRaw(client, "headwater-parts/1 of nothing".getBytes(StandardCharsets.US_ASCII));
                await().atMost(PATIENCE).until(() -> refused() == 1);

                // Then
                SeasonalStates states = models.get().seasonalStates();
                assertThat(before).isEqualTo("seq2seq-gru@1");
                assertThat(artefact.size()).isGreaterThan(Topics.MAX_RECORD_BYTES);
                for (String sensor : List.of("old-0", "old-1234", "old-3999")) {
                    assertThat(states.newest(sensor))
                            .isEqualTo(model.seasonalStates().newest(sensor));
                }
                assertThat(states.newest("new")).isEqualTo(states.unknown());
                assertThat(states.newest("old-0")).isNotEqualTo(states.unknown());
            }
            try (ModelFollower restarted = follower(client, many, null);
                    Stream<Path> files = Files.list(folder.resolve("streams/models/test-town"))) {
                assertThat(restarted.get().id()).isEqualTo("seq2seq-gru@2");
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void aRecordThatUnpacksToHundredsOfMegabytesIsRefusedAndTheNextOneIsTaken() throws Exception {
        // Given a record of less than a megabyte
        byte[] bomb = Artefacts.bomb(400);
        assertThat(bomb.length).isLessThan(1 << 20);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ready(broker);
            publish(client, 1);
            try (ModelFollower models = follower(client, null)) {
                // When
                putRaw(client, bomb);
                await().atMost(PATIENCE).until(() -> refused() == 1);
                String during = models.get().id();
                publish(client, 2);
                await().atMost(PATIENCE).until(() -> models.get().id().equals("seq2seq-gru@2"));

                // Then
                assertThat(during).isEqualTo("seq2seq-gru@1");
                assertThat(models.isFollowing()).isTrue();
                assertThat(following()).isEqualTo(1);
            }
        }
        assertThat(following()).as("a follower that was closed follows no more").isZero();
    }

    @Test
    void anErrorOfTheJvmIsShownAndOutlived() throws Exception {
        // Given meters that throw an error for one model, as a full heap would
        AtomicBoolean full = new AtomicBoolean(true);
        registry.config().meterFilter(MeterFilter.deny(id -> {
            if (full.get() && "seq2seq-gru@2".equals(id.getTag("model"))) {
                throw new OutOfMemoryError("test");
            }
            return false;
        }));
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ready(broker);
            publish(client, 1);
            try (ModelFollower models = follower(client, null)) {
                // When
                publish(client, 2);
                await().atMost(PATIENCE).until(() -> !models.isFollowing());

                // Then
                assertThat(following()).isZero();
                assertThat(registry.get("headwater.models.follow.failures")
                                .counter()
                                .count())
                        .isGreaterThanOrEqualTo(3);

                // When
                full.set(false);
                await().atMost(PATIENCE).until(models::isFollowing);

                // Then
                assertThat(models.get().id()).isEqualTo("seq2seq-gru@2");
                assertThat(following()).isEqualTo(1);
            }
        }
    }
}
