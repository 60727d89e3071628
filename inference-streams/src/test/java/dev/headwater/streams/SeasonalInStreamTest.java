package dev.headwater.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.ReadingCodec;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import dev.headwater.forecasting.reading.SeriesSeasonalStates;
import dev.headwater.forecasting.seasonal.ProfileDays;
import dev.headwater.forecasting.seasonal.SeasonalState;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.forecasting.window.WindowBatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The seasonal state of a sensor (profiles and last days) in the stream.
class SeasonalInStreamTest {

    private static final SensorNetwork CITY = NetworkFile.load("simulated-city");
    private static final ProfileDays DAYS = new ProfileDays(CITY);
    private static final long FIRST = CITY.clock()
            .slotOf(Instant.parse("2017-03-07T20:00:00Z")
                    .toEpochMilli()); // a Tuesday noon before the change to daylight saving
    private static final int DAY = 288;

    private static Series history(int days) {
        Random random = new Random(7);
        Series.Builder builder = new Series.Builder(CITY);
        for (int row = 0; row < days * DAY; row++) {
            if (row < 13 || random.nextInt(20) > 0) {
                builder.add("s", FIRST + row, new float[] {10 + random.nextInt(600) / 10f});
            }
        }
        return builder.build();
    }

    @Test
    void streamTellsTheModelWhatTheHistoryWould(@TempDir Path folder) {
        // Given ten days of history, then ten days streamed, over the change to daylight saving
        Series series = history(20);
        int known = 10 * DAY;
        SeasonalStates before = SeriesSeasonalStates.after(series, known, SeasonalStates.of(CITY));
        ServedModel model = new ServedModel(new Told(), null, before);
        try (TopologyTestDriver driver = driver(folder, 1, model, 20)) {

            // When
            send(driver, series, known);

            // Then
            assertThat(received(driver)).isEqualTo(offline(series, known));
        }
    }

    @Test
    void aNewSensorBorrowsInTheStreamWhatItWouldInTheHistory(@TempDir Path folder) {
        // Given a model that knows other sensors
        SeasonalStates others = SeasonalStates.of(CITY, FIRST - 1, SeasonalStates.Known.of(others()));
        ServedModel model = new ServedModel(new Told(), null, others);
        Series series = history(17);
        try (TopologyTestDriver driver = driver(folder, 1, model, 17)) {

            // When
            send(driver, series, 0);

            // Then, while it has less than fourteen days of its own
            List<Forecast> forecasts = forecasts(driver);
            assertThat(values(forecasts)).isEqualTo(offline(series, 0, others));
            assertThat(forecasts)
                    .allSatisfy(forecast -> assertThat(forecast.borrowed())
                            .isEqualTo(DAYS.day(DAYS.position(CITY.clock().slotOf(forecast.issuedAt())))
                                    < DAYS.day(DAYS.position(FIRST)) + 14));
        }
    }

    /// A crash has pending forecasts made again from the stored state: so none may be pending in the state of a
    /// day that has finished another one, with a changed profile.
    @Test
    void nothingIsPendingWhenADayIsFinished(@TempDir Path folder) {
        // Given a batch that is never full, and no time for it to be due
        ServedModel model = new ServedModel(new Told(), null, SeasonalStates.of(CITY));
        try (TopologyTestDriver driver = driver(folder, 10_000, model, 2)) {
            long midnight = FIRST;
            while (DAYS.bin(DAYS.position(midnight)) != 0) {
                midnight++;
            }

            // When
            for (long slot = midnight - 15; slot < midnight; slot++) {
                send(driver, slot, 60);
            }
            assertThat(forecasts(driver)).isEmpty();
            send(driver, midnight, 60);

            // Then
            assertThat(forecasts(driver))
                    .extracting(Forecast::issuedAt)
                    .contains(CITY.clock().startMillis(midnight - 1))
                    .doesNotContain(CITY.clock().startMillis(midnight));
        }
    }

    /// @param batch windows of a batch
    /// @param days  after the first slot, when the clock begins
    private static TopologyTestDriver driver(Path folder, int batch, ServedModel model, int days) {
        StreamSettings settings = StreamFixture.settings(folder, batch);
        Properties config = new Properties();
        config.putAll(settings.streamsConfig());
        StreamMetrics metrics = new StreamMetrics(new SimpleMeterRegistry(), CITY.name());
        return new TopologyTestDriver(
                ForecastTopology.build(CITY, () -> model, settings, metrics),
                config,
                CITY.clock().start(FIRST + days * DAY));
    }

    private static Map<String, byte[]> others() {
        Map<String, byte[]> states = new HashMap<>();
        SeasonalState view = SeasonalStates.of(CITY).view();
        for (int sensor = 0; sensor < 5; sensor++) {
            byte[] state = SeasonalState.unknown(DAYS);
            view.on(state);
            Random random = new Random(sensor);
            for (long slot = FIRST - 9 * DAY; slot < FIRST; slot++) {
                view.add(slot, 10 + random.nextInt(600) / 10f);
            }
            states.put("other" + sensor, state);
        }
        return states;
    }

    /// The reading that is stamped ten minutes ahead is the last but one of its day.
    @Test
    void aStampAheadOfItsTimeCostsTheForecastsUntilThenAndNothingElse(@TempDir Path folder) {
        // Given
        Series series = history(12);
        ServedModel model = new ServedModel(new Told(), null, SeasonalStates.of(CITY));
        int row = 3 * DAY;
        while (DAYS.bin(DAYS.position(FIRST + row)) != DAY - 2 || !series.observed(0, row + 2)) {
            row++;
        }
        try (TopologyTestDriver driver = driver(folder, 1, model, 12)) {

            // When
            send(driver, series, 0, row);
            send(driver, FIRST + row + 2, 3);
            send(driver, series, row, series.slots());

            // Then
            Map<Long, List<Float>> expected = offline(series, 0);
            Map<Long, List<Float>> received = received(driver);
            for (int early = row; early <= row + 2; early++) {
                long time = CITY.clock().startMillis(FIRST + early);
                expected.remove(time);
                received.remove(time);
            }
            assertThat(received).isEqualTo(expected);
        }
    }

    private static void send(TopologyTestDriver driver, Series series, int from) {
        send(driver, series, from, series.slots());
    }

    private static void send(TopologyTestDriver driver, Series series, int from, int to) {
        for (int row = from; row < to; row++) {
            if (series.observed(0, row)) {
                send(driver, FIRST + row, series.target(0, row));
            }
        }
        driver.advanceWallClockTime(Duration.ofMillis(5));
    }

    private static void send(TopologyTestDriver driver, long slot, float value) {
        TestInputTopic<byte[], byte[]> readings = driver.createInputTopic(
                Topics.of(CITY).readings(), new ByteArraySerializer(), new ByteArraySerializer());
        readings.pipeInput(new TestRecord<>(
                "s".getBytes(StandardCharsets.UTF_8),
                new ReadingCodec(CITY).encode(new float[] {value}, ValueFormat.JSON),
                new RecordHeaders(),
                CITY.clock().startMillis(slot)));
    }

    private static Map<Long, List<Float>> received(TopologyTestDriver driver) {
        return values(forecasts(driver));
    }

    private static List<Forecast> forecasts(TopologyTestDriver driver) {
        TestOutputTopic<String, byte[]> forecasts = driver.createOutputTopic(
                Topics.of(CITY).forecasts(), new StringDeserializer(), new ByteArrayDeserializer());
        ForecastCodec codec = new ForecastCodec(CITY);
        return forecasts.readValuesToList().stream().map(codec::decode).toList();
    }

    private static Map<Long, List<Float>> values(List<Forecast> forecasts) {
        return forecasts.stream().collect(Collectors.toMap(Forecast::issuedAt, forecast -> floats(forecast.values())));
    }

    private static List<Float> floats(float[] values) {
        return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
    }

    /// The expected values of the series, at each slot with a reading and a full window.
    private static Map<Long, List<Float>> offline(Series series, int from) {
        return offline(series, from, SeasonalStates.of(CITY));
    }

    private static Map<Long, List<Float>> offline(Series series, int from, SeasonalStates before) {
        SeriesHistory history = new SeriesHistory(series, before);
        Map<Long, List<Float>> expected = new HashMap<>();
        for (int row = from + CITY.window().span() - 1; row < series.slots(); row++) {
            if (series.observed(0, row)) {
                WindowBatch batch = new WindowBatch(CITY, 1, history);
                batch.add(series, 0, row - CITY.window().span() + 1);
                float[] out = new float[12];
                new Told().forecast(batch, out);
                expected.put(CITY.clock().startMillis(FIRST + row), floats(out));
            }
        }
        return expected;
    }
}
