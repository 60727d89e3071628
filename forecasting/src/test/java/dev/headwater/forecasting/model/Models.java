package dev.headwater.forecasting.model;

import dev.headwater.forecasting.Fixtures;
import dev.headwater.forecasting.baseline.Climatology;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.evaluation.HorizonErrors;
import dev.headwater.forecasting.feature.Features;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.gru.Seq2SeqShape;
import dev.headwater.forecasting.network.Network;
import dev.headwater.forecasting.profile.Pasts;
import dev.headwater.forecasting.reading.Series;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Small models with random weights.
final class Models {

    static final Network NETWORK = Fixtures.network(Duration.ofHours(12), 3, 2);

    private Models() {}

    /// With other figures.
    static ForecastModel judged(double validationMae) {
        ForecastModel small = small(1);
        ErrorTable table = new ErrorTable(List.of(), new ErrorTable.Mean(validationMae, 0, 0));
        return new ForecastModel(
                small.manifest(),
                small.parameters(),
                small.scaler(),
                small.climatology(),
                new ModelMetrics(table, table, Map.of()),
                small.pasts(),
                small.samples(),
                small.card());
    }

    static ForecastModel small(long seed) {
        Series series = Fixtures.series(NETWORK, 2, 60, 1);
        Seq2SeqShape shape = Features.shape(NETWORK, 2, 4, 1);
        HorizonErrors errors = new HorizonErrors(2);
        errors.add(0, 1, 3); // nothing at step 2: its errors are no numbers
        ErrorTable table = errors.table(NETWORK);
        ModelManifest manifest = new ModelManifest(
                ModelManifest.FORMAT,
                GruForecaster.NAME,
                1,
                NETWORK,
                series.sensors(),
                shape,
                new ResidualBand(0.8, new float[] {-1, -2}, new float[] {1, 2}),
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
                Scaler.fit(series, 40),
                Climatology.fit(series, 40),
                new ModelMetrics(table, table, Map.of("persistence", table)),
                Pasts.of(NETWORK),
                SampleWindow.of(series, 40, 10),
                "# A small model\n\nÜber 12 mph.\n");
    }
}
