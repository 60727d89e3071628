package dev.headwater.cli;

import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.GruForecaster;
import dev.headwater.forecasting.artefact.ModelManifest;
import dev.headwater.forecasting.artefact.ModelMetrics;
import dev.headwater.forecasting.artefact.SampleWindow;
import dev.headwater.forecasting.artefact.TargetRange;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.feature.Features;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.interval.ResidualBand;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.kernels.Seq2SeqShape;
import java.util.List;
import java.util.Map;

/// A real artefact with random weights: for the [Rehearsal], and for tests of how models are handled. Not for
/// forecasts.
final class UntrainedModel {

    private UntrainedModel() {}

    static ForecastModel of(Series series) {
        return of(series, 4);
    }

    /// @param embedding width of the embeddings of sensor and time of day
    static ForecastModel of(Series series, int embedding) {
        Seq2SeqShape shape = Features.shape(series.network(), series.sensors().size(), 16, embedding);
        int horizon = shape.horizon();
        ErrorTable none = new ErrorTable(List.of(), new ErrorTable.Mean(0, 0, 0));
        return new ForecastModel(
                new ModelManifest(
                        ModelManifest.FORMAT,
                        GruForecaster.NAME,
                        0,
                        series.network(),
                        series.sensors(),
                        shape,
                        new ResidualBand(0.8, new float[horizon], new float[horizon]),
                        TargetRange.of(series, series.slots()),
                        new ModelManifest.Provenance("test", "", "", "", 1, Map.of(), "", "", ""),
                        Map.of()),
                shape.initialise(1),
                Scaler.fit(series, series.slots()),
                new ModelMetrics(none, none, Map.of()),
                SeasonalStates.of(series.network()),
                SampleWindow.of(
                        series, 0, series.slots() - series.network().window().span()),
                "# Untrained\n");
    }
}
