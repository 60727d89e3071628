package dev.headwater.benchmarks;

import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.ForecastEncoder;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Forecast.Interval;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.core.util.JsonRecyclerPools;

/// Time and allocation to encode a forecast of 12 steps with two intervals: in both forms, and in JSON with a
/// generator of Jackson, set up as fast as it can be.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EncodingBenchmark {

    private static final int FORECASTS = 256; // so many that no branch is foreseen because it was seen before
    private static final SensorNetwork ROADS = NetworkFile.load("pems-bay");
    private static final JsonFactory JACKSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private final Forecast[] forecasts = new Forecast[FORECASTS];
    private final ForecastEncoder json = new ForecastCodec(ROADS).encoder(ValueFormat.JSON);
    private final ForecastEncoder binary = new ForecastCodec(ROADS).encoder(ValueFormat.BINARY);

    public EncodingBenchmark() {
        Random random = new Random(1);
        for (int i = 0; i < FORECASTS; i++) {
            Interval narrow = new Interval(0.8, around(55, random), around(65, random));
            Interval wide = new Interval(0.95, around(50, random), around(70, random));
            forecasts[i] = new Forecast(
                    Integer.toString(400_000 + i),
                    1_495_695_600_000L,
                    around(60, random),
                    List.of(narrow, wide),
                    12,
                    12,
                    "seq2seq-gru@3",
                    "0123456789ab",
                    false);
        }
    }

    private static float[] around(float value, Random random) {
        float[] steps = new float[ROADS.window().horizon()];
        for (int step = 0; step < steps.length; step++) {
            steps[step] = value + 5 * random.nextFloat();
        }
        return steps;
    }

    @Benchmark
    @OperationsPerInvocation(FORECASTS)
    public void json(Blackhole sink) {
        for (Forecast forecast : forecasts) {
            sink.consume(json.encode(forecast));
        }
    }

    @Benchmark
    @OperationsPerInvocation(FORECASTS)
    public void binary(Blackhole sink) {
        for (Forecast forecast : forecasts) {
            sink.consume(binary.encode(forecast));
        }
    }

    @Benchmark
    @OperationsPerInvocation(FORECASTS)
    public void jackson(Blackhole sink) {
        for (Forecast forecast : forecasts) {
            sink.consume(jackson(forecast));
        }
    }

    private static byte[] jackson(Forecast forecast) {
        ByteArrayBuilder out = new ByteArrayBuilder(1000);
        try (JsonGenerator json = JACKSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("sensor", forecast.sensor());
            json.writeStringProperty(
                    "issuedAt", Instant.ofEpochMilli(forecast.issuedAt()).toString());
            json.writeNumberProperty("intervalSeconds", 300);
            write(json, "values", forecast.values());
            write(json, forecast.intervals().getFirst());
            json.writeArrayPropertyStart("wider");
            json.writeStartObject();
            write(json, forecast.intervals().getLast());
            json.writeEndObject();
            json.writeEndArray();
            json.writeNumberProperty("observed", forecast.observed());
            json.writeNumberProperty("lookback", forecast.lookback());
            json.writeStringProperty("model", forecast.model());
            json.writeStringProperty("artefact", forecast.artefact());
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, Interval interval) {
        write(json, "lower", interval.lower());
        write(json, "upper", interval.upper());
        json.writeNumberProperty("level", interval.level());
    }

    private static void write(JsonGenerator json, String name, float[] values) {
        json.writeArrayPropertyStart(name);
        for (float value : values) {
            json.writeNumber(value);
        }
        json.writeEndArray();
    }
}
