import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.baseline.Persistence;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Part;
import dev.headwater.forecasting.evaluation.Evaluation;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.window.WindowBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Compares an own forecaster with persistence on the test part of a file. Arguments: NETWORK FILE
class OwnForecaster {

    /// The mean of what was observed in the window, at every step.
    record WindowMean(int horizon) implements Forecaster {

        @Override
        public String name() {
            return "window-mean";
        }

        @Override
        public boolean readsSeasonalState() {
            return false;
        }

        @Override
        public void forecast(WindowBatch batch, float[] out) {
            for (int window = 0; window < batch.count(); window++) {
                float sum = 0;
                for (int step = 0; step < batch.lookback(); step++) {
                    float value = batch.target(window, step); // NaN = missing
                    sum += Float.isNaN(value) ? 0 : value;
                }
                float mean = sum / Math.max(1, batch.observed(window));
                Arrays.fill(out, window * horizon, (window + 1) * horizon, mean);
            }
        }
    }

    /// Reads lines of SENSOR;SECONDS SINCE 1970;VALUE.
    static Series read(Path file, SensorNetwork network) throws IOException {
        Series.Builder series = new Series.Builder(network);
        for (String line : Files.readAllLines(file)) {
            String[] fields = line.split(";");
            long slot = network.clock().slotOf(1000 * Long.parseLong(fields[1]));
            series.add(fields[0], slot, new float[] {Float.parseFloat(fields[2])});
        }
        return series.build();
    }

    public static void main(String[] args) throws IOException {
        SensorNetwork network = NetworkFile.load(args[0]);
        Series series = read(Path.of(args[1]), network);
        Evaluation test = new Evaluation(series, ChronologicalSplit.of(series).range(Part.TEST));
        int horizon = network.window().horizon();
        for (Forecaster forecaster : List.of(new WindowMean(horizon), new Persistence(horizon, 0))) {
            double mae = test.errors(forecaster).errors().table(network).mean().mae();
            System.out.printf(Locale.ROOT, "%-12s MAE %.3f%n", forecaster.name(), mae);
        }
    }
}
