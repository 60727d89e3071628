package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Values that version 0.1.0 wrote are read: a topic holds them for days after an upgrade.
class OldValuesTest {

    private static final SensorNetwork CITY = NetworkFile.load("simulated-city");
    private static final long ISSUED = Instant.parse("2026-03-17T06:00:00Z").toEpochMilli();

    private final Map<String, byte[]> values = values();

    private static Map<String, byte[]> values() {
        try (InputStream file = OldValuesTest.class.getResourceAsStream("/values/0.1.0.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .collect(Collectors.toMap(
                            words -> words[0], words -> HexFormat.of().parseHex(words[1])));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] value(String kind) {
        return Objects.requireNonNull(values.get(kind), kind);
    }

    @Test
    void readingsInBothForms() {
        ReadingCodec codec = new ReadingCodec(CITY);
        assertThat(codec.decode(value("reading-json"))).containsExactly(61.25f);
        assertThat(codec.decode(value("reading-binary"))).containsExactly(61.25f);
    }

    @Test
    void aForecastWithAnInterval() {
        // When
        Forecast forecast = new ForecastCodec(CITY).decode(value("forecast"));

        // Then it has what was written, and nothing of what came later
        float[] expected = new float[12];
        for (int step = 0; step < expected.length; step++) {
            expected[step] = step == 3 ? Float.NaN : 60.1f - step;
        }
        assertThat(forecast.values()).containsExactly(expected);
        assertThat(forecast.issuedAt()).isEqualTo(ISSUED);
        assertThat(List.of(forecast.sensor(), forecast.observed(), forecast.lookback(), forecast.model()))
                .isEqualTo(List.of("1N-01", 11, 12, "seq2seq-gru@1"));
        assertThat(forecast.intervals()).singleElement().satisfies(interval -> {
            assertThat(interval.level()).isEqualTo(0.8);
            assertThat(interval.lower()).startsWith(59.6f, 58.1f).hasSize(12);
            assertThat(interval.upper()).startsWith(60.35f, 59.6f).hasSize(12);
        });
        assertThat(forecast.artefact()).isEmpty();
        assertThat(forecast.borrowed()).isFalse();
    }

    @Test
    void anAbstainedForecast() {
        Forecast forecast = new ForecastCodec(CITY).decode(value("abstained"));
        assertThat(forecast.abstained()).isTrue();
        assertThat(forecast.observed()).isEqualTo(3);
    }

    @Test
    void aWord() {
        KeywordEvent event = new KeywordCodec().decode(value("word"));
        assertThat(event.words()).containsExactly("yes", "no", "silence");
        assertThat(event.probabilities()).containsExactly(0.75f, 0.125f, 0.125f);
        assertThat(event.from()).isEqualTo(ISSUED + 20);
        assertThat(List.of(event.source(), event.model())).containsExactly("mic-1", "words@3");
    }
}
