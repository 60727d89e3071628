package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.headwater.bus.contract.Schemas;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Forecast.Interval;
import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.forecasting.drift.DriftEvent;
import dev.headwater.forecasting.drift.DriftKind;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The codecs write and accept what the published schemas say.
class SchemasTest {

    private final Schema reading = schema(Schemas.reading(Networks.WEATHER));
    private final Schema forecast = schema(Schemas.forecast());
    private final ReadingCodec readings = new ReadingCodec(Networks.WEATHER);

    @Test
    void coverWhatTheCodecsWrite() {
        // Given readings and forecasts of every kind
        float[] extremes = {Float.NaN, Float.MAX_VALUE, -Float.MAX_VALUE};
        ForecastCodec codec = new ForecastCodec(Networks.WEATHER);
        Interval interval = new Interval(0.8, extremes, extremes);
        // When written / Then the schemas accept them
        assertThat(errors(reading, readings.encode(extremes, ValueFormat.JSON))).isEmpty();
        assertThat(errors(
                        forecast,
                        codec.encode(new Forecast(
                                "a",
                                -1,
                                extremes,
                                List.of(interval, new Interval(0.95, extremes, extremes)),
                                4,
                                4,
                                "m@1",
                                "0123456789ab",
                                true))))
                .isEmpty();
        assertThat(errors(
                        forecast, codec.encode(new Forecast("a", 0, new float[3], List.of(), 4, 4, "m@1", "", false))))
                .isEmpty();
        assertThat(errors(
                        forecast, codec.encode(new Forecast("a", 0, new float[0], List.of(), 0, 4, "m@1", "", false))))
                .isEmpty();
    }

    @Test
    void coverKeywordEvents() {
        Schema keyword = schema(Schemas.keyword());
        KeywordEvent event = new KeywordEvent("a/b", List.of("go", "no"), new float[] {1, 0}, -5, 995, "m@1");
        assertThat(errors(keyword, new KeywordCodec().encode(event))).isEmpty();
        assertThat(errors(keyword, bytes("{}"))).isNotEmpty();
    }

    @Test
    void coverLiveAccuracy() {
        Schema accuracy = schema(Schemas.accuracy());
        assertThat(errors(accuracy, new AccuracyCodec().encode(AccuracyCodecTest.example())))
                .isEmpty();
        assertThat(errors(accuracy, bytes("{}"))).isNotEmpty();
    }

    @Test
    void coverDriftEvents() {
        Schema drift = schema(Schemas.drift());
        DriftEvent event = new DriftEvent(
                "pems-bay", DriftEvent.Scope.SENSOR, EnumSet.allOf(DriftKind.class), -5, 995, 1, 16, List.of("a\n"));
        assertThat(errors(drift, new DriftCodec().encode(event))).isEmpty();
        assertThat(errors(drift, bytes("{}"))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"wind\":null,\"extra\":[\"x\"]}",
                "{\"wind\":3.4028235e38}",
                "{\"wind\":\"3\"}",
                "{\"rain-rate\":false}",
                "{\"temperature\":{}}",
                "{\"temperature\":1e39}",
                "[]",
                "7"
            })
    void acceptAReadingWhenTheCodecDoes(String json) {
        assertThat(errors(reading, bytes(json)).isEmpty()).isEqualTo(accepted(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"sensor\":\"a\",\"issuedAt\":\"2017-05-25T07:00:00Z\",\"intervalSeconds\":300,\"values\":[],\"observed\":0,\"lookback\":4,\"model\":\"m\"}",
                "{\"sensor\":\"a\",\"issuedAt\":\"2017-05-25T07:00:00Z\",\"intervalSeconds\":300,\"values\":[1],\"level\":0.8,\"observed\":0,\"lookback\":4,\"model\":\"m\"}",
            })
    void refuseAForecastThatIsNone(String json) {
        assertThat(errors(forecast, bytes(json))).isNotEmpty();
    }

    @Test
    void nameTheMeasuresOfANetwork() {
        // Given a network whose unit has quotation marks and whose measure has a sentinel / When asked for its schema
        String text = Schemas.reading(Networks.WEATHER);
        // Then both are in it, and the general one names none
        assertThat(text).contains("\"wind\": {", "unit: \\\"knots\\\"; -9999.0 means missing");
        assertThat(errors(schema(Schemas.reading()), bytes("{\"wind\":\"3\"}"))).isEmpty();
    }

    private boolean accepted(String json) {
        try {
            readings.decode(bytes(json));
            return true;
        } catch (BadReadingException e) {
            return false;
        }
    }

    private static Schema schema(String text) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text, InputFormat.JSON);
    }

    private static List<Error> errors(Schema schema, byte[] json) {
        return schema.validate(
                new String(json, StandardCharsets.UTF_8),
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
