package dev.headwater.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.backtest.LiveScore;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveTableTest {

    private static final long FIRST = 6_000_000;

    private final SensorNetwork network = NetworkFile.load("simulated-city");
    private final List<String> sensors =
            IntStream.range(0, 40).mapToObj(number -> "sensor-" + number).toList();
    private final StringWriter out = new StringWriter();
    private final LiveScore score = new LiveScore(network, sensors, Long.MIN_VALUE);

    private LiveTable table(boolean redraws, int columns, int rows) {
        return new LiveTable(
                network, sensors, new PrintWriter(out), new LiveTable.Screen(redraws, () -> columns, () -> rows));
    }

    private void send(long slot) {
        sensors.forEach(sensor -> score.sent(sensor, slot, 60));
    }

    private void answer(String sensor, long slot) {
        float[] values = new float[network.window().horizon()];
        Arrays.fill(values, 61);
        int lookback = network.window().lookback();
        long issued = network.clock().startMillis(slot);
        score.received(new Forecast(sensor, issued, values, List.of(), lookback, lookback, "gru@1", "", false));
    }

    private void answerAll(long slot) {
        sensors.forEach(sensor -> answer(sensor, slot));
    }

    /// The drawn tables, without the cursor's control sequences.
    private List<List<String>> frames() {
        return Arrays.stream(out.toString().split("\u001b\\[J"))
                .map(frame -> frame.replaceAll("\r?\u001b\\[[0-9]*[AK]", ""))
                .map(frame -> frame.lines().toList())
                .filter(frame -> !frame.isEmpty())
                .toList();
    }

    @Test
    void showsASlotOnceAllItsForecastsAreThere() {
        // Given a slot of which the forecasts come one after the other, those of the next slot before its last
        LiveTable table = table(true, 80, 24);
        send(FIRST - 1);
        answerAll(FIRST - 1);
        send(FIRST);

        // When the table is shown after each of them
        for (String sensor : sensors) {
            answer(sensor, FIRST);
            table.show(score);
        }
        send(FIRST + 1);
        for (String sensor : sensors) {
            answer(sensor, FIRST + 1);
            table.show(score);
        }

        // Then each slot is drawn once, and no cell is empty
        assertThat(frames()).hasSize(3);
        assertThat(frames())
                .allSatisfy(frame -> assertThat(frame.subList(2, frame.size()))
                        .hasSize(12)
                        .allMatch(row -> row.matches("sensor-\\d+( +[0-9.]+){6}")));
    }

    @Test
    void aSensorThatIsNeverForecastHidesTheOthersOnlyAtTheBeginning() {
        // Given a sensor whose window is not full
        LiveTable table = table(true, 80, 24);

        // When the others are forecast, slot after slot
        for (long slot = FIRST; slot < FIRST + 4; slot++) {
            send(slot);
            for (String sensor : sensors.subList(1, sensors.size())) {
                answer(sensor, slot);
                table.show(score);
            }
        }

        // Then they are shown, and the first one has dashes
        assertThat(frames()).isNotEmpty();
        assertThat(frames().getLast().get(2)).matches("sensor-0 +60.0( +-){5}");
        assertThat(frames().getLast().subList(3, 14)).allMatch(row -> row.matches("sensor-\\d+( +[0-9.]+){6}"));
    }

    @ParameterizedTest
    @CsvSource({"100, 30, 12", "80, 24, 12", "80, 12, 8", "60, 10, 6", "40, 5, 1"})
    void fitsTheTerminal(int columns, int rows, int shown) {
        // Given
        LiveTable table = table(true, columns, rows);
        send(FIRST);

        // When a forecast has its first truth
        answerAll(FIRST);
        table.show(score);
        assertThat(out.toString()).isEmpty();
        send(FIRST + 1);
        table.show(score);

        // Then
        List<String> frame = frames().getFirst();
        assertThat(frame).hasSize(shown + 2).allMatch(line -> line.length() < columns);
        assertThat(frame.get(1)).matches("sensor +now( +\\+\\d+ min)*( +MAE so far)?( +persistence)?");
    }

    @Test
    void aLogGetsPlainTables() {
        // Given
        LiveTable table = table(false, 80, 24);
        send(FIRST);

        // When
        answerAll(FIRST);
        send(FIRST + 1);
        table.show(score);

        // Then
        assertThat(out.toString()).contains("sensor-0", "MAE so far").doesNotContain("\u001b");
        assertThat(out.toString().lines()).hasSize(14);
    }
}
