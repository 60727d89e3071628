package dev.headwater.trainer.forecast;

import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.GruForecaster;
import dev.headwater.forecasting.artefact.ModelManifest;
import dev.headwater.forecasting.artefact.ModelManifest.Provenance;
import dev.headwater.forecasting.artefact.ModelMetrics;
import dev.headwater.forecasting.artefact.SampleWindow;
import dev.headwater.forecasting.artefact.TargetRange;
import dev.headwater.forecasting.baseline.Baselines;
import dev.headwater.forecasting.baseline.Climatology;
import dev.headwater.forecasting.evaluation.Breakdown;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Part;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Range;
import dev.headwater.forecasting.evaluation.Congestion;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.evaluation.Evaluation;
import dev.headwater.forecasting.evaluation.Scorer;
import dev.headwater.forecasting.feature.Features;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.interval.IntervalTable;
import dev.headwater.forecasting.interval.Levels;
import dev.headwater.forecasting.interval.ResidualBand;
import dev.headwater.forecasting.network.Profile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import dev.headwater.forecasting.reading.SeriesSeasonalStates;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.kernels.Seq2SeqShape;
import dev.headwater.trainer.Natives;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.TrainingListener;
import dev.headwater.trainer.TrainingSettings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fits the encoder-decoder GRU on history: chronological split, scaler from the training part
/// alone, early stopping on the validation part, one evaluation on the test part.
///
/// With the same history, settings and number of processors the parameters are the same to the bit.
public final class Trainer {

    private final Series series;
    private final TrainingSettings settings;
    private final ChronologicalSplit split;
    private final Scaler scaler;
    private final Seq2SeqShape shape;
    private final SeriesHistory history;
    private final ValidationHalves halves;

    private Trainer(Series series, ChronologicalSplit split, TrainingSettings settings) {
        this.series = series;
        this.settings = settings;
        this.split = split;
        this.scaler = Scaler.fit(series, split.trainRows());
        this.shape = Features.shape(series.network(), series.sensors().size(), settings.hidden(), settings.embedding());
        this.history = new SeriesHistory(series, starting());
        this.halves = ValidationHalves.of(
                split.range(Part.VALIDATION), series.network().window());
    }

    /// A fixed profile is that of the training part; a moving one starts empty.
    private SeasonalStates starting() {
        return series.network().features().profile() == Profile.FIXED
                ? SeriesSeasonalStates.fixed(series, split.trainRows())
                : SeasonalStates.of(series.network());
    }

    /// Trains and evaluates a model. When the thread is interrupted, training ends after the current batch, the
    /// best parameters so far are evaluated and returned, and the interrupt flag is set.
    ///
    /// @throws dev.headwater.forecasting.InvalidInputException when the history is too short or too
    ///     empty, or training diverges or is interrupted before its first update
    public static TrainingResult train(
            Series series, TrainingSettings settings, ProvenanceInput source, TrainingListener listener) {
        return train(series, ChronologicalSplit.of(series), settings, source, listener);
    }

    /// Trains and evaluates a model with a split other than that of its network.
    ///
    /// @throws dev.headwater.forecasting.InvalidInputException when the history is too empty, or
    ///     training diverges
    public static TrainingResult train(
            Series series,
            ChronologicalSplit split,
            TrainingSettings settings,
            ProvenanceInput source,
            TrainingListener listener) {
        return new Trainer(series, split, settings).train(source, listener, Checkpoints.NONE);
    }

    /// As [#train(Series, TrainingSettings, ProvenanceInput, TrainingListener)], and saves a checkpoint after
    /// each epoch.
    ///
    /// @param checkpoint stays on disk until the caller removes it
    /// @param resume     whether to resume from it
    /// @throws dev.headwater.forecasting.InvalidInputException also when there is no checkpoint to
    ///     resume, or its settings or data differ
    public static TrainingResult train(
            Series series,
            TrainingSettings settings,
            ProvenanceInput source,
            TrainingListener listener,
            TrainingCheckpoint checkpoint,
            boolean resume) {
        Checkpoints checkpoints = checkpoint.of(RunIdentity.of(series, settings), resume);
        return whole(series, settings).train(source, listener, checkpoints);
    }

    /// Finds the highest learning rate at which a training of these settings is stable.
    ///
    /// @param listener sees the updates as one epoch
    /// @throws dev.headwater.forecasting.InvalidInputException when the history is too short or too
    ///     empty
    public static LearningRateRange rangeTest(Series series, TrainingSettings settings, TrainingListener listener) {
        Trainer trainer = whole(series, settings);
        Features features = trainer.features();
        TrainingWindows windows = TrainingWindows.of(series, trainer.split.range(Part.TRAIN), settings.stride());
        return new RangeTest(
                        settings,
                        windows,
                        trainer.shape,
                        batch -> new BatchEncoder(series, trainer.history, trainer.young(), features, batch, settings))
                .run(listener);
    }

    /// A trainer with the split that the network states.
    private static Trainer whole(Series series, TrainingSettings settings) {
        return new Trainer(series, ChronologicalSplit.of(series), settings);
    }

    private @Nullable YoungSensors young() {
        boolean moves = series.network().features().profile() == Profile.MOVING;
        return settings.youngShare() > 0 && moves ? new YoungSensors(series, split.trainRows()) : null;
    }

    private Features features() {
        return new Features(series.network(), scaler, series.sensors(), shape);
    }

    private TrainingResult train(ProvenanceInput source, TrainingListener listener, Checkpoints checkpoints) {
        long begun = System.nanoTime();
        TrainingRun.Outcome outcome = fit(listener, checkpoints);
        ForecastModel model = Uninterrupted.get(() -> judged(outcome, source));
        double seconds = (System.nanoTime() - begun) / 1e9;
        double rate = outcome.trained() / Math.max(outcome.seconds(), 1e-9);
        return new TrainingResult(model, outcome.begun(), outcome.bestEpoch(), outcome.interrupted(), seconds, rate);
    }

    private TrainingRun.Outcome fit(TrainingListener listener, Checkpoints checkpoints) {
        Features features = features();
        YoungSensors young = young();
        Validation validation = Validation.of(series, history, halves.choosing(), settings.validationWindows());
        return new TrainingRun(
                        settings,
                        TrainingWindows.of(series, split.range(Part.TRAIN), settings.stride()),
                        shape,
                        batch -> new BatchEncoder(series, history, young, features, batch, settings),
                        parameters -> validation.meanMae(forecaster(parameters)),
                        listener,
                        checkpoints)
                .run();
    }

    private GruForecaster forecaster(float[] parameters) {
        return new GruForecaster(GruForecaster.NAME, series.network(), scaler, series.sensors(), shape, parameters);
    }

    private ForecastModel judged(TrainingRun.Outcome outcome, ProvenanceInput source) {
        GruForecaster forecaster = forecaster(outcome.parameters());
        Range validation = split.range(Part.VALIDATION);
        ErrorTable validated = errors(forecaster, validation, Scorer.Sink.NONE);
        IntervalTable intervals =
                new Evaluation(series, history, halves.fitting()).fitIntervals(forecaster, Levels.DEFAULT);
        Breakdown breakdown =
                new Breakdown(series, Congestion.of(series, split.trainRows()).orElse(null));
        ModelMetrics metrics =
                new ModelMetrics(validated, tested(forecaster, breakdown), baselines(), outcome.epochs());
        ModelManifest manifest = manifest(intervals == null ? null : intervals.band(), source);
        String card = ModelCard.of(manifest, intervals, metrics, split, halves, outcome, breakdown.table());
        List<SampleWindow> samples = SampleWindow.of(series, validation.first(), validation.count());
        return new ForecastModel(
                manifest, outcome.parameters(), scaler, metrics, seasonalStates(), samples, card, intervals, null);
    }

    /// The state of a stream that starts where the history ends.
    private SeasonalStates seasonalStates() {
        return series.network().features().profile() == Profile.FIXED
                ? starting()
                : SeriesSeasonalStates.after(series, series.slots(), starting()).lending();
    }

    /// @param sink receives the forecasts as well
    private ErrorTable tested(Forecaster forecaster, Scorer.Sink sink) {
        return errors(forecaster, split.range(Part.TEST), sink);
    }

    private ErrorTable errors(Forecaster forecaster, Range part, Scorer.Sink sink) {
        return new Evaluation(series, history, part)
                .errors(forecaster, null, sink, done -> {})
                .errors()
                .table(series.network());
    }

    private Map<String, ErrorTable> baselines() {
        SensorNetwork network = series.network();
        Map<String, ErrorTable> tables = new LinkedHashMap<>();
        float mean = scaler.mean()[network.targetIndex()];
        Climatology climatology = Climatology.fit(series, split.trainRows());
        for (Forecaster baseline : Baselines.within(series.slots(), network, climatology, mean)) {
            tables.put(baseline.name(), tested(baseline, Scorer.Sink.NONE));
        }
        return tables;
    }

    /// @param band null when there were no residuals
    private ModelManifest manifest(@Nullable ResidualBand band, ProvenanceInput source) {
        SlotClock clock = series.network().clock();
        Provenance provenance = new Provenance(
                source.source(),
                source.fingerprint(),
                clock.start(series.firstSlot()).toString(),
                clock.start(series.firstSlot() + series.slots() - 1).toString(),
                settings.seed(),
                settings.asMap(),
                source.commit(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Natives.machine());
        return new ModelManifest(
                ModelManifest.FORMAT,
                GruForecaster.NAME,
                0,
                series.network(),
                series.sensors(),
                shape,
                band,
                TargetRange.of(series, split.trainRows()),
                provenance,
                Map.of());
    }
}
