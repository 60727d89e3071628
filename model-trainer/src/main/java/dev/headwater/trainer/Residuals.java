package dev.headwater.trainer;

import dev.headwater.forecasting.artefact.ResidualBand;
import dev.headwater.forecasting.evaluation.Evaluation;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import dev.headwater.forecasting.window.WindowBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Collects `truth - forecast` while a forecaster is judged, from which the interval band is fitted. Every n-th window
/// is taken, so that huge histories fit in memory.
final class Residuals implements Evaluation.Sink {

    private static final int MAX_WINDOWS = 250_000;

    private final SeriesHistory truth;
    private final WindowSpec window;
    private final float[][] residuals; // [step][n]
    private final int[] counts; // [step]
    private final long stride;
    private long seen;

    /// @param windows windows that will be judged
    Residuals(Series series, int horizon, long windows) {
        this.truth = new SeriesHistory(series);
        this.window = series.network().window();
        this.stride = Math.max(1, windows / MAX_WINDOWS);
        this.residuals = new float[horizon][(int) (windows / stride) + 1];
        this.counts = new int[horizon];
    }

    @Override
    public void accept(WindowBatch batch, float[] forecasts) {
        for (int w = 0; w < batch.count(); w++) {
            if (seen++ % stride == 0) {
                add(batch.sensor(w), batch.issuedAt(w), forecasts, w * residuals.length);
            }
        }
    }

    private void add(String sensor, long issuedAt, float[] forecasts, int at) {
        for (int step = 0; step < residuals.length; step++) {
            float observed = truth.target(sensor, issuedAt + window.lead(step + 1));
            if (!Float.isNaN(observed)) {
                residuals[step][counts[step]++] = observed - forecasts[at + step];
            }
        }
    }

    /// The band; null when a step has no residual at all.
    @Nullable
    ResidualBand band(double level) {
        float[][] cut = new float[residuals.length][];
        for (int step = 0; step < cut.length; step++) {
            if (counts[step] == 0) {
                return null;
            }
            cut[step] = Arrays.copyOf(residuals[step], counts[step]);
        }
        return ResidualBand.fit(level, cut);
    }
}
