package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.Fixtures;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.evaluation.HorizonErrors;
import dev.headwater.forecasting.feature.Features;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.interval.ResidualBand;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.kernels.Seq2SeqShape;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Small models with random weights.
public final class Models {

    static final SensorNetwork NETWORK = Fixtures.network(Duration.ofHours(12), 3, 2);

    private Models() {}

    /// A small model with the given validation MAE.
    static ForecastModel judged(double validationMae) {
        ForecastModel small = small(1);
        ErrorTable table = new ErrorTable(List.of(), new ErrorTable.Mean(validationMae, 0, 0));
        return new ForecastModel(
                small.manifest(),
                small.parameters(),
                small.scaler(),
                new ModelMetrics(table, table, Map.of()),
                small.seasonalStates(),
                small.samples(),
                small.card());
    }

    public static ForecastModel small(long seed) {
        return of(NETWORK, Fixtures.series(NETWORK, 2, 60, 1), seed);
    }

    /// A model fitted on the first two thirds of a series.
    static ForecastModel of(SensorNetwork network, Series series, long seed) {
        int horizon = network.window().horizon();
        int fitted = series.slots() * 2 / 3;
        Seq2SeqShape shape = Features.shape(network, series.sensors().size(), 4, 1);
        HorizonErrors errors = new HorizonErrors(horizon);
        errors.add(0, 1, 3); // later steps have no truth: their errors are NaN
        ErrorTable table = errors.table(network);
        float[] upper = new float[horizon];
        float[] lower = new float[horizon];
        for (int step = 0; step < horizon; step++) {
            upper[step] = 1 + step;
            lower[step] = -upper[step];
        }
        ModelManifest manifest = new ModelManifest(
                ModelManifest.FORMAT,
                GruForecaster.NAME,
                1,
                network,
                series.sensors(),
                shape,
                new ResidualBand(0.8, lower, upper),
                TargetRange.of(series, fitted),
                new ModelManifest.Provenance(
                        "made-up.csv",
                        "00ff",
                        "2017-03-10",
                        "2017-04-10",
                        seed,
                        Map.of("hidden", "4"),
                        "c0ffee",
                        "2017-05-01",
                        "a test"),
                Map.of());
        return new ForecastModel(
                manifest,
                shape.initialise(seed),
                Scaler.fit(series, fitted),
                new ModelMetrics(table, table, Map.of("persistence", table)),
                SeasonalStates.of(network),
                SampleWindow.of(
                        series,
                        fitted,
                        series.slots() - fitted - network.window().spanWithHorizon() + 1),
                "# A small model\n\nÜber 12 mph.\n");
    }
}
