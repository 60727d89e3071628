package dev.headwater.streams;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.ReadingCodec;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.forecasting.window.SensorWindow;
import dev.headwater.forecasting.window.WindowBatch;
import dev.headwater.streams.state.SensorStore;
import dev.headwater.streams.state.Sensors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
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

/// A network whose window is so long that it is stored in areas: the weather station's, 715 slots of 14
/// measures.
class LongWindowTest {

    private static final SensorNetwork JENA = NetworkFile.load("jena");
    private static final int REACH = JENA.window().span();
    private static final long FIRST = 2_700_000;

    /// Forecasts the sum of its samples' targets plus the step: wrong as soon as one sample is.
    private static final class SumOfSamples implements Forecaster {

        @Override
        public String name() {
            return "sum";
        }

        @Override
        public int horizon() {
            return 12;
        }

        @Override
        public void forecast(WindowBatch batch, float[] out) {
            for (int w = 0; w < batch.count(); w++) {
                float sum = 0;
                for (int sample = 0; sample < batch.lookback(); sample++) {
                    sum += batch.value(w, sample, JENA.targetIndex());
                }
                for (int step = 0; step < 12; step++) {
                    out[w * 12 + step] = sum + step;
                }
            }
        }
    }

    private static float[] reading(long slot) {
        float[] values = new float[14];
        for (int m = 0; m < values.length; m++) {
            values[m] = (slot * 31 + m) % 97;
        }
        return values;
    }

    private static float expected(long slot) {
        float sum = 0;
        for (int sample = 0; sample < 120; sample++) {
            sum += reading(slot - 6L * sample)[JENA.targetIndex()];
        }
        return sum;
    }

    @Test
    void forecastsFromSamples(@TempDir Path folder) {
        // Given
        Properties config = new Properties();
        StreamSettings settings = StreamFixture.settings(folder, 1);
        config.putAll(settings.streamsConfig());
        ServedModel model = new ServedModel(new SumOfSamples(), null, SeasonalStates.of(JENA));
        StreamMetrics metrics = new StreamMetrics(new SimpleMeterRegistry(), "jena");
        try (TopologyTestDriver driver = new TopologyTestDriver(
                ForecastTopology.build(JENA, () -> model, settings, metrics),
                config,
                JENA.clock().start(FIRST + 2_000))) {
            Topics topics = Topics.of(JENA);
            TestInputTopic<byte[], byte[]> readings =
                    driver.createInputTopic(topics.readings(), new ByteArraySerializer(), new ByteArraySerializer());
            TestOutputTopic<String, byte[]> forecasts =
                    driver.createOutputTopic(topics.forecasts(), new StringDeserializer(), new ByteArrayDeserializer());
            ReadingCodec codec = new ReadingCodec(JENA);
            int slots = REACH + 300;

            // When
            for (long slot = FIRST; slot < FIRST + slots; slot++) {
                byte[] value = codec.encode(reading(slot), ValueFormat.JSON);
                readings.pipeInput(new TestRecord<>(
                        "jena".getBytes(StandardCharsets.UTF_8),
                        value,
                        new RecordHeaders(),
                        JENA.clock().startMillis(slot)));
            }
            driver.advanceWallClockTime(Duration.ofMillis(5));

            // Then every slot from the first full window on has its forecast, made from the right samples
            ForecastCodec decoder = new ForecastCodec(JENA);
            List<Forecast> found =
                    forecasts.readValuesToList().stream().map(decoder::decode).toList();
            assertThat(found).hasSize(slots - REACH + 1);
            for (int i = 0; i < found.size(); i++) {
                long slot = FIRST + REACH - 1 + i;
                assertThat(found.get(i).issuedAt()).isEqualTo(JENA.clock().startMillis(slot));
                assertThat(found.get(i).values()[11]).isEqualTo(expected(slot) + 11);
                assertThat(found.get(i).observed()).isEqualTo(120);
            }
            // and the window is kept
            assertThat(kept(driver).newest()).isEqualTo(FIRST + slots - 1);
            assertThat(kept(driver).value(FIRST + slots - REACH, 13)).isEqualTo(reading(FIRST + slots - REACH)[13]);
        }
    }

    private static SensorWindow kept(TopologyTestDriver driver) {
        Sensors sensors = ((SensorStore) driver.getStateStore(ForecastTopology.SENSORS_STORE)).sensors();
        return requireNonNull(sensors.find("jena", sensors.view())).window();
    }
}
