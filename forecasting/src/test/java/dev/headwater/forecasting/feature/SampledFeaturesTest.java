package dev.headwater.forecasting.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.Calendar;
import dev.headwater.forecasting.network.FeatureSpec;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.Normalisation;
import dev.headwater.forecasting.network.PolarVector;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.SampledWindows;
import dev.headwater.forecasting.window.SensorWindow;
import dev.headwater.forecasting.window.WindowBatch;
import dev.headwater.forecasting.window.WindowLayout;
import dev.headwater.kernels.Seq2SeqShape;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SampledFeaturesTest {

    private static final int SLOTS_PER_DAY = 24;
    private static final WindowSpec WINDOW = new WindowSpec(17, 3, 3, 12); // 49 hours of lookback, 36 of horizon
    private static final long FIRST = Instant.parse("2020-06-30T00:00:00Z").toEpochMilli() / 3_600_000;

    private static SensorNetwork network(WindowSpec window, FeatureSpec features) {
        return new NetworkBuilder("station")
                .interval(Duration.ofHours(1))
                .measures(List.of(
                        new Measure("wind", "m/s", -9999f),
                        new Measure("temperature", "degC", -9999f),
                        new Measure("direction", "deg", -9999f)))
                .target("temperature")
                .window(window)
                .features(features)
                .build();
    }

    private static final FeatureSpec ALL = new FeatureSpec(
            List.of(Calendar.TIME_OF_YEAR, Calendar.DAY_OF_WEEK),
            List.of(new PolarVector("wind", "direction")),
            true,
            Normalisation.TRAINING);

    private static Series series(SensorNetwork network, int slots) {
        Random random = new Random(3);
        Series.Builder builder = new Series.Builder(network);
        for (int row = 0; row < slots; row++) {
            boolean gap = random.nextInt(9) == 0 && row > 0 && row < slots - 1;
            float temperature = gap ? -9999 : 10 * random.nextFloat();
            builder.add("s", FIRST + row, new float[] {row % 5, temperature, random.nextInt(360)});
        }
        return builder.build();
    }

    @Test
    void encodesSamplesVectorsCalendarAndDailyCycleAsByHand() {
        // Given
        SensorNetwork network = network(WINDOW, ALL);
        Series series = series(network, 120);
        Scaler scaler = Scaler.fit(series, 120);
        Seq2SeqShape shape = Features.shape(network, 1, 4, 0);
        Features features = new Features(network, scaler, List.of("s"), shape);
        WindowBatch batch = new WindowBatch(network, 1, History.NONE);
        int first = 20;
        batch.add(series, 0, first);
        float[] row = new float[shape.rowLength()];

        // When
        features.encode(batch, 0, row, 0);

        // Then: 3 channels (temperature, x, y), a mask for each, two cycles
        assertThat(shape.encoderInputs()).isEqualTo(3 + 3 + 4);
        assertThat(shape.decoderInputs()).isEqualTo(4 + 2);
        assertThat(shape.embeddings()).isEmpty();
        int now = first + 48;
        float last = Float.NaN;
        float carried = 0;
        for (int sample = 0; sample < 17; sample++) {
            int at = sample * shape.encoderInputs();
            int slot = first + 3 * sample;
            float temperature = series.value(0, slot, 1);
            last = Float.isNaN(temperature) ? last : temperature;
            carried = Float.isNaN(temperature) ? carried : scaler.scale(temperature, 1);
            double radians = Math.toRadians(series.value(0, slot, 2));
            float wind = series.value(0, slot, 0);
            assertThat(row[at]).isEqualTo(carried);
            assertThat(row[at + 1]).isCloseTo(scaler.scale((float) (wind * Math.cos(radians)), 3), within(1e-5f));
            assertThat(row[at + 2]).isCloseTo(scaler.scale((float) (wind * Math.sin(radians)), 4), within(1e-5f));
            assertThat(row[at + 3]).isEqualTo(Float.isNaN(temperature) ? 1 : 0);
            double weekday = 2 * Math.PI * network.clock().dayOfWeek(FIRST + slot) / 7;
            assertThat(row[at + 8]).isCloseTo((float) Math.sin(weekday), within(1e-6f));
            double year = 2 * Math.PI * (181 + slot / 24.0) / 365.2425; // 30 June is day 181 from 0 of a leap year
            assertThat(row[at + 6]).isCloseTo((float) Math.sin(year), within(0.02f));
        }
        assertThat(row[shape.baseOffset()]).isEqualTo(last);
        for (int step = 1; step <= 3; step++) {
            int at = shape.decoderOffset() + (step - 1) * shape.decoderInputs() + 4;
            float[] cycle = cycle(series, scaler, first, now, 12 * step, last);
            assertThat(row[at]).isCloseTo(cycle[0], within(1e-5f));
            assertThat(row[at + 1]).isCloseTo(cycle[1], within(1e-5f));
        }
    }

    /// The plain reference: all slots of the window at the step's time of day, or the sample before such a
    /// slot.
    private static float[] cycle(Series series, Scaler scaler, int first, int now, int lead, float last) {
        float yesterday = Float.NaN;
        float sum = 0;
        int days = 0;
        for (int slot = now; slot > now - 49; slot--) {
            int sample = now - Math.ceilDiv(now - slot, 3) * 3;
            float value = sample < first ? Float.NaN : series.value(0, sample, 1);
            if ((now + lead - slot) % SLOTS_PER_DAY == 0 && !Float.isNaN(value)) {
                yesterday = Float.isNaN(yesterday) ? value : yesterday;
                sum += value;
                days++;
            }
        }
        float deviation = scaler.deviation()[1];
        return days == 0 ? new float[2] : new float[] {(yesterday - last) / deviation, (sum / days - last) / deviation};
    }

    @Test
    void streamAndHistoryEncodeTheSameWindows() {
        // Given
        SensorNetwork network = network(WINDOW, ALL);
        Series series = series(network, 200);
        Features features =
                new Features(network, Scaler.fit(series, 100), List.of("s"), Features.shape(network, 1, 4, 2));
        int length = features.shape().rowLength();
        SensorWindow streamed = new SensorWindow(new WindowLayout(3, 60, 8));
        SampledWindows windows = new SampledWindows(17, 3, 1, 0, 200);
        float[] reading = new float[3];
        int compared = 0;
        for (int row = 0; row < 200; row++) {
            series.copy(0, row, 1, reading, 0);
            streamed.add(FIRST + row, reading);
            if (!streamed.covers(FIRST + row, WINDOW.span())) {
                continue;
            }
            WindowBatch batch = new WindowBatch(network, 2, History.NONE);
            float[] rows = new float[2 * length];

            // When
            batch.add("s", streamed, FIRST + row);
            batch.add(series, 0, row - WINDOW.span() + 1);
            features.encode(batch, 0, rows, 0);
            features.encode(batch, 1, rows, 1);

            // Then both are equal, and their samples are those of SampledWindows
            assertThat(batch.issuedAt(1)).isEqualTo(batch.issuedAt(0));
            assertThat(Arrays.copyOf(rows, length)).isEqualTo(Arrays.copyOfRange(rows, length, 2 * length));
            for (int sample = 0; sample < 17 && compared < windows.count(); sample++) {
                assertThat(batch.value(0, sample, 2)).isEqualTo(series.value(0, windows.row(compared, sample), 2));
            }
            compared++;
        }
        assertThat(compared).isEqualTo(200 - WINDOW.span() + 1);
    }

    @Test
    void scaledByItsWindowTheSameShapeIsEncodedAlikeAtEveryLevel() {
        // Given two windows, one a multiple of the other and higher
        FeatureSpec spec = new FeatureSpec(List.of(Calendar.DAY_OF_WEEK), List.of(), true, Normalisation.WINDOW);
        SensorNetwork network = network(WINDOW, spec);
        Series.Builder builder = new Series.Builder(network);
        Random random = new Random(8);
        int week = 7 * SLOTS_PER_DAY;
        for (int row = 0; row < week; row++) {
            float[] low = {random.nextFloat(), 10 * random.nextFloat(), random.nextInt(360)};
            builder.add("s", FIRST + row, low);
            builder.add("s", FIRST + week + row, new float[] {3 * low[0], 3 * low[1] + 40, 3 * low[2]});
        }
        Series series = builder.build();
        Features features =
                new Features(network, Scaler.fit(series, 2 * week), List.of("s"), Features.shape(network, 1, 4, 0));
        WindowBatch batch = new WindowBatch(network, 2, History.NONE);
        batch.add(series, 0, 30);
        batch.add(series, 0, week + 30);
        Seq2SeqShape shape = features.shape();
        float[] rows = new float[2 * shape.rowLength()];

        // When
        features.encode(batch, 0, rows, 0);
        features.encode(batch, 1, rows, 1);

        // Then the inputs are equal, and the forecast is scaled and shifted back
        int at = shape.rowLength();
        for (int i = 0; i < shape.baseOffset(); i++) {
            assertThat(rows[at + i]).as("input %d", i).isCloseTo(rows[i], within(1e-3f));
        }
        assertThat(rows[at + shape.baseOffset()]).isCloseTo(3 * rows[shape.baseOffset()] + 40, within(1e-4f));
        assertThat(rows[at + shape.scaleOffset()]).isCloseTo(3 * rows[shape.scaleOffset()], within(1e-3f));
    }

    @Test
    void refusesFeaturesThatTheNetworkCannotHave() {
        // Then
        assertThatThrownBy(() -> network(new WindowSpec(12, 3), ALL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("features.dailyCycle must be false for a window of less than a day and a slot");
        FeatureSpec other =
                new FeatureSpec(List.of(), List.of(new PolarVector("wind", "bearing")), false, Normalisation.TRAINING);
        assertThatThrownBy(() -> network(WINDOW, other))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("features.vectors must be pairs of the measures")
                .hasMessageContaining("found bearing");
    }
}
