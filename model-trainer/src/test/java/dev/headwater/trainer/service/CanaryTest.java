package dev.headwater.trainer.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.AccuracyCodec;
import dev.headwater.bus.ModelHistory;
import dev.headwater.bus.ModelRole;
import dev.headwater.bus.ModelTopic;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.accuracy.AccuracyReport;
import dev.headwater.forecasting.accuracy.AccuracySums;
import dev.headwater.forecasting.accuracy.Span;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.TrainingListener;
import dev.headwater.trainer.forecast.Trainer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a challenger in the shadow, by the live accuracy on its topic.
class CanaryTest extends ServiceFixture {

    private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");
    private static final Duration CANARY = Duration.ofHours(30);
    private static final int TRUTHS = 100;

    private Artefact champion;
    private Artefact challenger;
    private String file = "";

    /// A champion and a challenger, and a service that knows of both.
    @BeforeEach
    void publish() {
        ForecastModel model = Trainer.train(
                        series, training(1), new ProvenanceInput("city", "", "test"), TrainingListener.NONE)
                .model();
        ModelRegistry registry = new ModelRegistry(folder.resolve("models"));
        champion = ModelRegistry.artefact(registry.publish(model).file());
        ModelRegistry.Published second = registry.publish(model);
        challenger = ModelRegistry.artefact(second.file());
        file = second.file().toString();
        ModelTopic.publish(client, champion, sent -> {});
        ModelTopic.publish(client, challenger, ModelRole.CHALLENGER, sent -> {});
        ServiceState.Canary canary = new ServiceState.Canary(
                second.model().manifest().id(),
                challenger.identity(),
                champion.identity(),
                file,
                BEGIN.toString(),
                null);
        new StateFile(folder.resolve("models"), NETWORK.name()).write(ServiceState.NEW.withCanary(canary));
    }

    private Run watching() {
        return run(service(settings(1, null, null, CANARY), this::fromMemory));
    }

    /// Reports of two partitions at a time, with errors of both models and the counts of the challenger.
    private void report(Instant time, float champions, float challengers, int truths) {
        AccuracyCodec codec = new AccuracyCodec();
        try (KafkaProducer<String, byte[]> producer = client.openProducer("test", new ByteArraySerializer())) {
            for (int partition = 0; partition < 2; partition++) {
                List<AccuracyReport.Model> models = new ArrayList<>();
                models.add(figures(champion, AccuracyReport.Role.CHAMPION, champions, TRUTHS));
                models.add(figures(challenger, AccuracyReport.Role.CHALLENGER, challengers, truths));
                AccuracyReport report = new AccuracyReport(NETWORK.name(), partition, time.toEpochMilli(), models);
                producer.send(new ProducerRecord<>(
                        Topics.of(NETWORK).accuracy(), Integer.toString(partition), codec.encode(report)));
            }
        }
    }

    private static AccuracyReport.Model figures(Artefact of, AccuracyReport.Role role, float error, int truths) {
        AccuracySums sums = new AccuracySums(NETWORK.window().horizon(), List.of());
        for (int step = 0; step < NETWORK.window().horizon(); step++) {
            for (int i = 0; i < truths; i++) {
                sums.add(step, 50 + error, 50, 50, 50);
            }
        }
        return new AccuracyReport.Model("seq2seq-gru", of.identity(), role, Map.of(Span.DAY, sums));
    }

    private Optional<String> onTopic(ModelRole role) {
        ModelHistory history = onTopic();
        Optional<ModelHistory.Found> found = switch (role) {
            case CHAMPION -> history.champion();
            case CHALLENGER -> history.challenger();
        };
        return found.map(model -> model.artefact().identity());
    }

    private double counted(String outcome) {
        return meters.get("headwater.training.canaries")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    /// 1 % is asked.
    @ParameterizedTest
    @CsvSource({"2.0, 1.9, promoted", "2.0, 1.99, withdrawn", "2.0, 2.5, withdrawn"})
    void theLiveAccuracyDecides(float champions, float challengers, String outcome) {
        try (Run run = watching()) {
            // Given the first report, and one that comes before the time is over
            report(BEGIN, champions, challengers, TRUTHS);
            await().atMost(PATIENCE)
                    .until(() -> requireNonNull(run.service.status().canary()).since() != null);
            report(BEGIN.plus(CANARY).minusSeconds(1), champions, 0, TRUTHS);

            // When
            report(BEGIN.plus(CANARY), champions, challengers, TRUTHS);

            // Then
            await().atMost(PATIENCE).until(() -> run.service.status().canary() == null);
            assertThat(notices).singleElement().asString().contains(outcome, "24h");
        }
        assertThat(counted(outcome)).isEqualTo(1);
        boolean promoted = outcome.equals("promoted");
        assertThat(onTopic(ModelRole.CHAMPION)).hasValue((promoted ? challenger : champion).identity());
        assertThat(onTopic(ModelRole.CHALLENGER)).isEmpty();
    }

    @Test
    void tooFewTruthsDecideNothing() {
        try (Run run = watching()) {
            // Given
            report(BEGIN, 2, 1, TRUTHS);
            await().atMost(PATIENCE)
                    .until(() -> requireNonNull(run.service.status().canary()).since() != null);

            // When the challenger missed truths, then it waits until it has them
            report(BEGIN.plus(CANARY), 2, 1, TRUTHS / 2);
            await().during(Duration.ofSeconds(6))
                    .atMost(PATIENCE)
                    .until(() -> run.service.status().canary() != null);
            report(BEGIN.plus(CANARY).plusSeconds(300), 2, 3, TRUTHS);

            // Then
            await().atMost(PATIENCE).until(() -> run.service.status().canary() == null);
            assertThat(counted("withdrawn")).isEqualTo(1);
        }
    }

    @Test
    void whoWasPromotedByHandIsLeftAlone() {
        // Given
        ModelTopic.promote(client, challenger, sent -> {});
        try (Run run = watching()) {
            report(BEGIN, 2, 3, TRUTHS);
            await().atMost(PATIENCE)
                    .until(() -> requireNonNull(run.service.status().canary()).since() != null);

            // When
            report(BEGIN.plus(CANARY), 2, 3, TRUTHS);

            // Then
            await().atMost(PATIENCE).until(() -> run.service.status().canary() == null);
        }
        assertThat(counted("overtaken")).isEqualTo(1);
        assertThat(onTopic(ModelRole.CHAMPION)).hasValue(challenger.identity());
    }
}
