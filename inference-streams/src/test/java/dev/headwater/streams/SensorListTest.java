package dev.headwater.streams;

import static dev.headwater.streams.StreamFixture.NETWORK;
import static dev.headwater.streams.StreamFixture.SLOT;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.streams.sensors.Inquiries;
import dev.headwater.streams.sensors.Mailbox;
import dev.headwater.streams.sensors.NoAnswerException;
import dev.headwater.streams.sensors.RecentError;
import dev.headwater.streams.sensors.SensorDescriber;
import dev.headwater.streams.sensors.SensorDetail;
import dev.headwater.streams.sensors.SensorOrder;
import dev.headwater.streams.sensors.SensorQuery;
import dev.headwater.streams.sensors.SensorSummary;
import dev.headwater.streams.state.Sensors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists of sensors, and how a task is asked for them.
class SensorListTest {

    private static final int COUNT = 60;
    private static final Duration SOON = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    private static List<SensorSummary> first(Sensors sensors, SensorOrder order, int limit, String after) {
        SensorQuery query = new SensorQuery(order, limit, after);
        SensorDescriber describer = new SensorDescriber(NETWORK);
        SensorQuery.Found found = query.find(sensors, describer, NETWORK.clock());
        assertThat(SensorQuery.Found.known(List.of(found, found))).isEqualTo(2 * COUNT);
        return query.merge(List.of(found));
    }

    @Test
    void listsTheSameAsASortOfAllSensors() {
        try (StreamFixture stream = new StreamFixture(folder, 8)) {
            // Given sensors of several ages, some of them of the same
            Random random = new Random(7);
            for (int i = 0; i < COUNT; i++) {
                stream.reading("s" + random.nextInt(1_000_000) + i, SLOT + random.nextInt(5), 50);
            }
            List<SensorSummary> all = first(stream.sensors(), SensorOrder.ID, COUNT, "");
            assertThat(all).hasSize(COUNT);
            Comparator<SensorSummary> byId = Comparator.comparing(SensorSummary::sensor);
            Comparator<SensorSummary> bySilence =
                    Comparator.comparing(SensorSummary::newest).thenComparing(byId);

            for (int limit : List.of(1, 2, COUNT / 2, COUNT - 1, COUNT, COUNT + 1)) {
                // When / Then
                assertThat(first(stream.sensors(), SensorOrder.ID, limit, ""))
                        .isEqualTo(all.stream().sorted(byId).limit(limit).toList());
                assertThat(first(stream.sensors(), SensorOrder.SILENT, limit, ""))
                        .isEqualTo(all.stream().sorted(bySilence).limit(limit).toList());
            }
        }
    }

    @Test
    void theWorstForecastComesFirst() {
        try (StreamFixture stream = new StreamFixture(folder, 8)) {
            // Given sensors that vary more and more, one that does not, and one without a forecast
            for (int slot = 0; slot < 80; slot++) {
                for (int i = 0; i < 5; i++) {
                    stream.reading("s" + i, SLOT + slot, 50 + i * (slot % 2));
                }
            }
            for (int i = 5; i < COUNT; i++) {
                stream.reading("t" + i, SLOT, 50);
            }
            stream.letBatchDelayPass();

            // When
            List<SensorSummary> error = first(stream.sensors(), SensorOrder.ERROR, 6, "");
            List<SensorSummary> worst = first(stream.sensors(), SensorOrder.WORST, 6, "");

            // Then: persistence is the model, so no sensor is worse than another in relation to it
            assertThat(error).extracting(SensorSummary::sensor).containsExactly("s4", "s3", "s2", "s1", "s0", "t10");
            assertThat(worst).extracting(SensorSummary::sensor).startsWith("s1", "s2", "s3", "s4");
            RecentError largest = requireNonNull(error.getFirst().error());
            assertThat(largest.mae()).isPositive().isEqualTo(largest.persistence());
            assertThat(error.getLast().error()).isNull();
        }
    }

    @Test
    void describesTheNewestForecast() {
        try (StreamFixture stream = new StreamFixture(folder, 8)) {
            // Given
            for (int slot = 0; slot < 5; slot++) {
                stream.reading("a", SLOT + slot, 50 + slot);
            }
            SensorDescriber describer = new SensorDescriber(NETWORK);
            assertThat(describer.detail(stream.stored("a"), null).forecast()).isNull();

            // When
            stream.letBatchDelayPass();

            // Then
            SensorDetail.LastForecast forecast =
                    requireNonNull(describer.detail(stream.stored("a"), null).forecast());
            assertThat(forecast.values()).containsExactly(54f, 54f);
            assertThat(forecast.issuedAt())
                    .isEqualTo(NETWORK.clock().start(SLOT + 4).toString());
            assertThat(forecast.intervalSeconds()).isEqualTo(60);
        }
    }

    @Test
    void pagesGoThroughAllSensorsOnce() {
        try (StreamFixture stream = new StreamFixture(folder, 8)) {
            // Given
            for (int i = 0; i < COUNT; i++) {
                stream.reading("s" + i, SLOT, 50);
            }

            // When
            List<String> found = new ArrayList<>();
            String after = "";
            while (after != null) {
                List<SensorSummary> page = first(stream.sensors(), SensorOrder.ID, 7, after);
                page.forEach(one -> found.add(one.sensor()));
                after = new SensorQuery(SensorOrder.ID, 7, after).next(page);
            }

            // Then
            assertThat(found).hasSize(COUNT).isSorted().doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=1001",
                "limit=x",
                "limit=",
                "limit=-1",
                "limit=1&limit=2",
                "sort=worst2",
                "sort=",
                "page=2",
                "&",
                "after=a&sort=silent",
                "limit=%zz"
            })
    void refusesOtherParametersInOneLine(String parameters) {
        // When / Then
        assertThatThrownBy(() -> ListParameters.parse(parameters))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasLineCount(1);
    }

    @Test
    void readsParameters() {
        assertThat(ListParameters.parse("")).isEqualTo(new SensorQuery(SensorOrder.ID, 100, ""));
        assertThat(ListParameters.parse("after=a%20b&limit=1000"))
                .isEqualTo(new SensorQuery(SensorOrder.ID, 1000, "a b"));
        assertThat(ListParameters.parse("sort=silent")).isEqualTo(new SensorQuery(SensorOrder.SILENT, 100, ""));
    }

    @Test
    void aTaskThatLeavesOrIsSilentGivesNoAnswer() throws Exception {
        // Given
        Inquiries inquiries = new Inquiries();
        Mailbox silent = inquiries.join();

        // When / Then one that does not look into its mailbox
        assertThatThrownBy(() -> inquiries.ask(Sensors::size, SOON)).isInstanceOf(NoAnswerException.class);

        // And one that leaves, with questions that came before and after
        CompletableFuture<Integer> before = silent.put(Sensors::size);
        inquiries.leave(silent);
        CompletableFuture<Integer> after = silent.put(Sensors::size);
        assertThat(List.of(before, after)).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(inquiries.ask(Sensors::size, SOON)).isEmpty();
    }

    @Test
    void aQuestionThatFailsDoesNotEndTheTask() {
        try (StreamFixture stream = new StreamFixture(folder, 8)) {
            // Given
            Inquiries inquiries = new Inquiries();
            Mailbox mailbox = inquiries.join();
            stream.reading("a", SLOT, 50);
            CompletableFuture<Integer> bad = mailbox.put(sensors -> 1 / (sensors.size() - 1));
            CompletableFuture<Integer> good = mailbox.put(Sensors::size);

            // When
            mailbox.answer(stream.sensors());
            mailbox.answer(stream.sensors());

            // Then
            assertThat(bad).isCompletedExceptionally();
            assertThat(good).isCompletedWithValue(1);
        }
    }
}
