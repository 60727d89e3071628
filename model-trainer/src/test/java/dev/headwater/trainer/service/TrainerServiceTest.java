package dev.headwater.trainer.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.ModelHistory;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.TopicSpec;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.trainer.TrainingListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class TrainerServiceTest extends ServiceFixture {

    @Test
    void trainsFromTheTopicWhenAskedOneAtATimeAndRemembersIt() {
        // Given
        sendReadings();
        CountDownLatch go = new CountDownLatch(1);
        TrainingListener slow = new TrainingListener() {
            @Override
            public void epochStarted(int epoch, int epochs, long samples) {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        ServiceState.Run first;
        try (Run run = new Run(service(settings(1), this::fromTopic), slow)) {
            // When
            boolean accepted = run.service.request();
            await().atMost(PATIENCE).until(run.service::isRunning);
            boolean second = run.service.request();
            go.countDown();
            first = run.ended(1);

            // Then
            assertThat(accepted).isTrue();
            assertThat(second).as("while one runs").isFalse();
        }
        ModelHistory.Found champion = onTopic().champion().orElseThrow();
        assertThat(first.outcome()).isEqualTo("published");
        assertThat(first.trigger()).isEqualTo("request");
        assertThat(first.artefact()).isEqualTo(champion.artefact().identity());
        assertThat(champion.model().manifest().sensors()).hasSize(3);
        assertThat(meters.get("headwater.training.runs")
                        .tag("outcome", "published")
                        .counter()
                        .count())
                .isEqualTo(1);

        // When it starts again, then it knows what was, and trains nothing by itself
        TrainerService again = service(settings(1), this::fromTopic);
        assertThat(again.status().last()).isEqualTo(first);
        assertThat(again.status().running()).isNull();
        assertThat(meters.get("headwater.training.last.success.timestamp")
                        .gauge()
                        .value())
                .isEqualTo(clock.instant().toEpochMilli() / 1e3);
    }

    @Test
    void publishesWhatIsBetterByTheMarginAndNothingElse() {
        // Given a champion of one epoch
        try (Run run = run(service(settings(1), this::fromMemory))) {
            run.service.request();
            run.ended(1);
        }
        String before = onTopic().champion().orElseThrow().artefact().identity();

        // When the same training gives the same parameters, then nothing changes
        try (Run run = run(service(settings(1), this::fromMemory))) {
            run.service.request();
            ServiceState.Run same = run.ended(2);
            assertThat(same.outcome()).isEqualTo("not-better");
            assertThat(same.contest()).isNotNull();
            assertThat(same.contest().gain()).isZero();
            assertThat(onTopic().champion().orElseThrow().artefact().identity()).isEqualTo(before);
        }

        // When it trains longer, then the better model serves
        try (Run run = run(service(settings(6), this::fromMemory))) {
            run.service.request();
            ServiceState.Run better = run.ended(3);
            assertThat(better.outcome()).as(better.message()).isEqualTo("published");
            assertThat(better.contest().gain()).isGreaterThan(0.01);
            assertThat(better.contest().windows()).isBetween(288, 400);
            assertThat(onTopic().champion().orElseThrow().artefact().identity())
                    .isEqualTo(better.artefact())
                    .isNotEqualTo(before);
        }
    }

    /// The champion knows 1,600 slots of 2,000; of 1,800 that leaves less than a day.
    @Test
    void whatTheChampionKnowsJudgesNoOne() {
        // Given
        try (Run run = run(service(settings(1), this::fromMemory))) {
            run.service.request();
            run.ended(1);
        }
        String before = onTopic().champion().orElseThrow().artefact().identity();
        HistorySource shorter = through -> new HistorySource.History(
                series.head(1_800), fromMemory(through).source());

        // When
        try (Run run = run(service(settings(6), shorter))) {
            run.service.request();

            // Then
            assertThat(run.ended(2).outcome()).isEqualTo("not-judged");
        }
        assertThat(onTopic().champion().orElseThrow().artefact().identity()).isEqualTo(before);
    }

    @Test
    void withACanaryTheBetterOneForecastsInTheShadow() {
        // Given
        try (Run run = run(service(settings(1), this::fromMemory))) {
            run.service.request();
            run.ended(1);
        }
        String champion = onTopic().champion().orElseThrow().artefact().identity();

        // When
        ServiceSettings shadowing = settings(6, null, null, Duration.ofHours(24));
        try (Run run = run(service(shadowing, this::fromMemory))) {
            run.service.request();
            ServiceState.Run better = run.ended(2);

            // Then
            assertThat(better.outcome()).isEqualTo("challenging");
            assertThat(onTopic().challenger().map(found -> found.artefact().identity()))
                    .hasValue(better.artefact());
            assertThat(onTopic().champion().orElseThrow().artefact().identity()).isEqualTo(champion);
            assertThat(run.service.status().canary().champion()).isEqualTo(champion);
        }
    }

    @Test
    void aStoppedTrainingGoesOnFromItsCheckpoint() {
        // Given a training that is stopped in its third epoch
        CountDownLatch third = new CountDownLatch(1);
        TrainingListener watch = new TrainingListener() {
            @Override
            public void epochStarted(int epoch, int epochs, long samples) {
                if (epoch == 3) {
                    third.countDown();
                }
            }
        };
        try (Run run = new Run(service(settings(6), this::fromMemory), watch)) {
            run.service.request();
            await().atMost(PATIENCE).until(() -> third.getCount() == 0);
        }

        // When
        int[] resumed = {0};
        TrainingListener seen = new TrainingListener() {
            @Override
            public void resumed(int epochs, double best) {
                resumed[0] = epochs;
            }
        };
        TrainerService next = service(settings(6), this::fromMemory);
        assertThat(next.status().running()).isNotNull();
        ServiceState.Run ended;
        try (Run run = new Run(next, seen)) {
            ended = run.ended(1); // the stopped one has no line of its end
        }

        // Then
        assertThat(resumed[0]).isGreaterThanOrEqualTo(2);
        assertThat(ended.outcome()).isEqualTo("published");
        assertThat(ended.trigger()).isEqualTo("request");
        assertThat(folder.resolve("models/simulated-city/.training")).doesNotExist();
    }

    @Test
    void aTrainingThatFailsIsReportedAndTheNextOneComesByTheClock() {
        // Given a source that is not there yet
        boolean[] there = {false};
        HistorySource source = through -> {
            if (!there[0]) {
                throw new InvalidInputException("history.csv: no such file");
            }
            return fromMemory(through);
        };
        ServiceSettings weekly = settings(1, Duration.ofDays(7), null, null);
        try (Run run = run(service(weekly, source))) {
            // When the first one, which is due at once, fails
            ServiceState.Run failed = run.ended(1);

            // Then
            assertThat(failed.outcome()).isEqualTo("failed");
            assertThat(failed.trigger()).isEqualTo("schedule");
            assertThat(failed.message()).isEqualTo("history.csv: no such file");
            assertThat(run.service.status().next()).isEqualTo("2024-01-08T00:00:00Z");

            // When a week has passed
            there[0] = true;
            clock.move(Duration.ofDays(7));

            // Then
            assertThat(run.ended(2).outcome()).isEqualTo("published");
        }
        assertThat(meters.get("headwater.training.runs")
                        .tag("outcome", "failed")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void driftBeginsOneTrainingLater() {
        // Given a service that has seen the topic of drift, and an event before it
        String drift = Topics.of(NETWORK).drift();
        TopicAdmin.ensure(client, List.of(new TopicSpec(drift, 1, Map.of())));
        event(drift);
        ServiceSettings onDrift = settings(1, null, Duration.ofHours(2), null);
        try (Run run = run(service(onDrift, this::fromMemory))) {
            await().atMost(PATIENCE)
                    .until(() -> !run.service.state().driftSeen().isEmpty());

            // When several events come
            event(drift);
            await().atMost(PATIENCE).until(() -> run.service.status().next() != null);
            clock.move(Duration.ofHours(1));
            event(drift);
            await().atMost(PATIENCE)
                    .until(() -> Long.valueOf(3)
                            .equals(run.service.state().driftSeen().get(0)));

            // Then one training is due, two hours after the first
            assertThat(run.service.status().next()).isEqualTo("2024-01-01T02:00:00Z");
            assertThat(run.service.isRunning()).isFalse();
            clock.move(Duration.ofHours(1));
            assertThat(run.ended(1).trigger()).isEqualTo("drift");
            assertThat(run.service.status().next()).isNull();
        }

        // When an event comes while no service runs, then the next one takes it
        event(drift);
        try (Run run = run(service(onDrift, this::fromMemory))) {
            await().atMost(PATIENCE).until(() -> run.service.status().next() != null);
        }
    }

    private void event(String topic) {
        try (KafkaProducer<String, byte[]> producer = client.openProducer("test", new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, "network", "{}".getBytes(StandardCharsets.UTF_8)));
            producer.flush();
        }
    }
}
