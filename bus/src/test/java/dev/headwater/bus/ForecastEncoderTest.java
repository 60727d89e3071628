package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Forecast.Interval;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ForecastEncoderTest {

    private static final int CALLS = 20_000;
    private static final int SPARE = 64; // bytes: head of the result, and what the JVM counts beside
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private static volatile byte[] last = {}; // so that the results are really made

    /// A plain version of the JSON form.
    private static String plain(Forecast forecast) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("sensor", forecast.sensor());
        json.put("issuedAt", Instant.ofEpochMilli(forecast.issuedAt()).toString());
        json.put("intervalSeconds", 300);
        json.set("values", plain(forecast.values()));
        List<Interval> intervals = forecast.intervals();
        if (!intervals.isEmpty()) {
            putBounds(json, intervals.getFirst());
        }
        if (intervals.size() > 1) {
            ArrayNode wider = json.putArray("wider");
            intervals.stream().skip(1).forEach(interval -> putBounds(wider.addObject(), interval));
        }
        json.put("observed", forecast.observed());
        json.put("lookback", forecast.lookback());
        json.put("model", forecast.model());
        if (!forecast.artefact().isEmpty()) {
            json.put("artefact", forecast.artefact());
        }
        if (forecast.borrowed()) {
            json.put("profile", "borrowed");
        }
        if (forecast.abstained()) {
            boolean tooFew = Networks.PEMS.gap().abstains(forecast.observed(), forecast.lookback());
            String seen = forecast.observed() + " of " + forecast.lookback() + " slots observed";
            json.put("abstained", tooFew ? seen : "the model gave no numbers");
        }
        return MAPPER.writeValueAsString(json);
    }

    private static void putBounds(ObjectNode json, Interval interval) {
        json.set("lower", plain(interval.lower()));
        json.set("upper", plain(interval.upper()));
        json.put("level", interval.level());
    }

    private static ArrayNode plain(float[] values) {
        ArrayNode list = MAPPER.createArrayNode();
        for (float value : values) {
            if (Float.isFinite(value)) {
                list.add(value);
            } else {
                list.addNull();
            }
        }
        return list;
    }

    @Test
    void writesTheBytesOfAPlainWriter() {
        Random random = new Random(5);
        ForecastEncoder encoder = new ForecastCodec(Networks.PEMS).encoder(ValueFormat.JSON);
        for (int i = 0; i < 5_000; i++) {
            // Given
            Forecast forecast = Forecasts.any(random, 12);
            // When / Then
            assertThat(new String(encoder.encode(forecast), StandardCharsets.UTF_8))
                    .isEqualTo(plain(forecast));
        }
    }

    @ParameterizedTest
    @EnumSource
    void allocatesNothingButTheResult(ValueFormat format) {
        // Given forecasts as a stream makes them, of one slot
        Random random = new Random(6);
        Interval narrow = new Interval(0.8, around(random, 55), around(random, 65));
        Interval wide = new Interval(0.95, around(random, 50), around(random, 70));
        Forecast forecast = new Forecast(
                "400001", 0, around(random, 60), List.of(narrow, wide), 12, 12, "gru@3", "0123456789ab", false);
        ForecastEncoder encoder = new ForecastCodec(Networks.PEMS).encoder(format);
        int size = encoder.encode(forecast).length;
        encode(encoder, forecast); // until it is compiled

        // When
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        encode(encoder, forecast);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        // Then
        assertThat(allocated / CALLS).isBetween((long) size, (long) size + SPARE);
    }

    private static void encode(ForecastEncoder encoder, Forecast forecast) {
        for (int i = 0; i < CALLS; i++) {
            last = encoder.encode(forecast);
        }
    }

    private static float[] around(Random random, float value) {
        float[] steps = new float[12];
        for (int step = 0; step < steps.length; step++) {
            steps[step] = value + random.nextFloat();
        }
        return steps;
    }
}
