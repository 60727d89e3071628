package dev.headwater.streams;

import static dev.headwater.streams.StreamFixture.NETWORK;
import static dev.headwater.streams.StreamFixture.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bus.DeadLetter;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.Forecast;
import dev.headwater.streams.state.SensorLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForecastTopologyTest {

    @TempDir
    private Path stateDir;

    private StreamFixture stream;

    @BeforeEach
    void open() {
        stream = new StreamFixture(stateDir, 4);
    }

    @AfterEach
    void close() {
        stream.close();
    }

    @Test
    void oneForecastPerSlotOnceTheWindowIsFull() {
        // Given
        for (int i = 0; i < 5; i++) {
            stream.reading("a", SLOT + i, 50 + i);
        }

        // When
        stream.letBatchDelayPass();

        // Then
        List<Forecast> forecasts = stream.forecasts();
        assertThat(forecasts)
                .extracting(Forecast::issuedAt)
                .containsExactly(
                        StreamFixture.time(SLOT + 2), StreamFixture.time(SLOT + 3), StreamFixture.time(SLOT + 4));
        assertThat(forecasts.getLast().values()).containsExactly(54f, 54f);
        assertThat(forecasts.getLast().sensor()).isEqualTo("a");
        assertThat(forecasts.getLast().observed()).isEqualTo(3);
        assertThat(forecasts.getLast().model()).isEqualTo("persistence");
        assertThat(stream.stored("a").pendingCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void forecastsHaveTheFormThatWasChosen(ValueFormat form) {
        // Given
        ForecastCodec codec = new ForecastCodec(NETWORK);
        StreamSettings settings = StreamFixture.settings(stateDir.resolve(form.word()), 4);
        try (StreamFixture chosen = new StreamFixture(settings.with(form), NETWORK)) {
            for (int i = 0; i < 4; i++) {
                chosen.reading("a", SLOT + i, 50 + i);
            }

            // When
            chosen.letBatchDelayPass();

            // Then each says it, and holds a forecast
            assertThat(chosen.forecastRecords()).hasSize(2).allSatisfy(record -> {
                assertThat(ValueFormat.stated(record.headers())).contains(form);
                Forecast forecast = codec.decode(record.value(), record.headers());
                assertThat(record.value()).isEqualTo(codec.encode(forecast, form));
                assertThat(forecast.sensor()).isEqualTo(record.key());
                assertThat(forecast.issuedAt()).isEqualTo(record.timestamp());
            });
        }
    }

    @Test
    void aFullBatchDoesNotWait() {
        // Given
        String[] sensors = {"a", "b", "c", "d"};

        // When
        for (int i = 0; i < 3; i++) {
            for (String sensor : sensors) {
                stream.reading(sensor, SLOT + i, 50);
            }
        }

        // Then
        assertThat(stream.forecasts()).extracting(Forecast::sensor).containsExactly(sensors);
    }

    @Test
    void aForecastIsPendingUntilItIsIssued() {
        // Given
        for (int i = 0; i < 3; i++) {
            stream.reading("a", SLOT + i, 50);
        }

        // When
        boolean before = stream.stored("a").window().isPending(SLOT + 2);
        int pending = stream.stored("a").pendingCount();
        stream.letBatchDelayPass();

        // Then
        assertThat(before).isTrue();
        assertThat(pending).isEqualTo(1);
        assertThat(stream.stored("a").pendingCount()).isZero();
    }

    @Test
    void lateDuplicateAndOutOfOrderReadingsAreCountedAndIssueNothing() {
        // Given
        for (int i : new int[] {0, 1, 2, 3, 5}) {
            stream.reading("a", SLOT + i, 50 + i);
        }
        stream.letBatchDelayPass();
        stream.forecasts();

        // When
        stream.reading("a", SLOT + 4, 44); // fills its slot
        stream.reading("a", SLOT + 5, 45); // again: the last value wins
        stream.reading("a", SLOT - 100, 40); // too old
        stream.letBatchDelayPass();

        // Then
        assertThat(stream.forecasts()).isEmpty();
        assertThat(stream.readings("advanced")).isEqualTo(5);
        assertThat(stream.readings("filled")).isEqualTo(1);
        assertThat(stream.readings("duplicate")).isEqualTo(1);
        assertThat(stream.readings("late")).isEqualTo(1);
        assertThat(stream.stored("a").window().value(SLOT + 4, 0)).isEqualTo(44);
        assertThat(stream.stored("a").window().value(SLOT + 5, 0)).isEqualTo(45);
    }

    @Test
    void emptySlotsAreSaidAndBelowTheLeastShareTheStreamAbstains() {
        // Given
        stream.reading("a", SLOT, 50);
        stream.reading("a", SLOT + 1, 51);
        stream.reading("a", SLOT + 2, Float.NaN);

        // When
        stream.reading("a", SLOT + 3, 0); // the sentinel for missing
        stream.letBatchDelayPass();

        // Then
        List<Forecast> forecasts = stream.forecasts();
        assertThat(forecasts.getFirst().observed()).isEqualTo(2);
        assertThat(forecasts.getFirst().values()).containsExactly(51f, 51f);
        assertThat(forecasts.getLast().observed()).isEqualTo(1);
        assertThat(forecasts.getLast().abstained()).isTrue();
        assertThat(stream.count("headwater.forecasts.abstained")).isEqualTo(1);
    }

    @Test
    void whatIsNoReadingGoesToTheDeadLettersWithTheReason() {
        // Given
        byte[] bad = "{\"speed\": \"fast\"}".getBytes(StandardCharsets.UTF_8);

        // When
        stream.raw("a", bad, StreamFixture.time(SLOT));
        stream.raw(null, "{\"speed\": 50}".getBytes(StandardCharsets.UTF_8), StreamFixture.time(SLOT));
        for (int i = 0; i < 3; i++) {
            stream.reading("a", SLOT + i, 50);
        }
        stream.letBatchDelayPass();

        // Then
        List<DeadLetter> dead = stream.deadLetters();
        assertThat(dead).hasSize(2);
        assertThat(dead.getFirst().value()).isEqualTo(bad);
        assertThat(dead.getFirst().text()).contains("speed").contains("fast");
        assertThat(dead.getLast().text()).contains("key");
        assertThat(stream.count("headwater.dead.letters")).isEqualTo(2);
        assertThat(stream.forecasts()).hasSize(1);
    }

    @Test
    void moreSlotsThanTheRingHoldsAreIssuedBeforeTheyAreLost() {
        // Given
        stream.close();
        stream = new StreamFixture(stateDir, 1_000);
        int slots = 3 * SensorLayout.maxPending(NETWORK);

        // When
        for (int i = 0; i < slots; i++) {
            stream.reading("a", SLOT + i, 50 + i % 7);
        }
        stream.letBatchDelayPass();

        // Then
        assertThat(stream.forecasts())
                .hasSize(slots - 2)
                .allSatisfy(forecast -> assertThat(forecast.values()[0]).isEqualTo((float)
                        (50 + (NETWORK.clock().slotOf(forecast.issuedAt()) - SLOT) % 7)));
    }
}
