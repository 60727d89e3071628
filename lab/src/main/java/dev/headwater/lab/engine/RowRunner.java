package dev.headwater.lab.engine;

import static java.util.Objects.requireNonNull;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.data.Continuation;
import dev.headwater.lab.data.DataFolder;
import dev.headwater.lab.data.Dataset;
import dev.headwater.lab.data.Datasets;
import dev.headwater.lab.data.Normalised;
import dev.headwater.lab.definition.DataSpec;
import dev.headwater.lab.definition.Layer;
import dev.headwater.lab.definition.LayerSpec;
import dev.headwater.lab.definition.RowSpec;
import dev.headwater.lab.definition.RowSpec.Figure;
import dev.headwater.lab.definition.TrainingSpec;
import dev.headwater.lab.definition.TrainingSpec.Loss;
import dev.headwater.lab.network.LabNetwork;
import dev.headwater.trainer.EpochLoop;
import dev.headwater.trainer.TrainingListener;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs one row: loads its data, fits its network, scores it beside the naive forecast.
public final class RowRunner {

    private final RowSpec row;
    private final DataFolder folder;
    private final RunSettings settings;
    private final TrainingListener listener;
    private final long begun = System.nanoTime();

    private RowRunner(RowSpec row, DataFolder folder, RunSettings settings, TrainingListener listener) {
        this.row = row;
        this.folder = folder;
        this.settings = settings;
        this.listener = listener;
    }

    /// Runs a row.
    ///
    /// @return empty when the thread was interrupted before the end
    /// @throws InvalidInputException when its data are missing or damaged, or its layers do not fit them
    public static Optional<RowRun> run(
            RowSpec row, DataFolder folder, RunSettings settings, TrainingListener listener) {
        RowRunner runner = new RowRunner(row, folder, settings, listener);
        RowSpec.Check check = row.check();
        if (check != null) {
            return Optional.of(runner.checked(check));
        }
        return row.layers() == null ? Optional.of(runner.naive()) : runner.trained(row.layers());
    }

    /// Looks for the data of a row.
    ///
    /// @throws InvalidInputException when they are absent
    public static void requireData(RowSpec row, DataFolder folder) {
        DataSpec data = row.data();
        if (data != null) {
            Datasets.require(data.source(), folder);
        }
    }

    private RowRun checked(RowSpec.Check check) {
        Outcome outcome = Outcome.of(row, settings, Checks.run(check, settings.seed()));
        return outcome.finish(begun);
    }

    private RowRun naive() {
        Dataset data = data(List.of());
        Predictor naive = Predictor.of(data.naive(), data);
        Outcome.Scores scores = scores(naive, data);
        Outcome outcome = Outcome.of(row, settings, data, scores, scores);
        new Pictures(row, folder, settings, outcome).forecasts(data, naive);
        return outcome.finish(begun);
    }

    private Dataset data(List<Layer> layers) {
        Dataset data = Datasets.load(requireNonNull(row.data()).source(), folder, settings.seed());
        return layers.contains(new Layer.Normalise()) ? Normalised.of(data) : data;
    }

    /// The figures on validation and test part.
    private Outcome.Scores scores(Predictor predictor, Dataset data) {
        return new Outcome.Scores(
                Judge.score(predictor, data, data.validation(), loss(data), figure()),
                Judge.score(predictor, data, data.test(), loss(data), figure()));
    }

    private Loss loss(Dataset data) {
        TrainingSpec training = row.training();
        return training != null ? training.loss() : data.classes().isEmpty() ? Loss.MAE : Loss.CROSS_ENTROPY;
    }

    /// What examples are scored by; a sweep's own figure is its learning rate.
    private Figure figure() {
        return row.sweep() == null ? row.metric().figure() : Figure.MAE;
    }

    private Optional<RowRun> trained(List<LayerSpec> specs) {
        List<Layer> layers = specs.stream().map(LayerSpec::layer).toList();
        Dataset data = data(layers);
        TrainingSpec training = row.training(settings.full());
        Continuation continuation = continuation(); // before the training: a fault of it shows at once
        try (LabNetwork network = network(layers, data, training)) {
            Fitting fitting = new Fitting(row, training, data, network, settings.seed(), listener);
            EpochLoop<Fitting.Score> loop = fitting.run();
            return loop == null ? Optional.empty() : Optional.of(scored(data, network, fitting, loop, continuation));
        }
    }

    private LabNetwork network(List<Layer> layers, Dataset data, TrainingSpec training) {
        try {
            return LabNetwork.of(layers, data.input(), data.target(), training, settings.seed());
        } catch (InvalidInputException e) {
            throw new InvalidInputException("row " + row.row() + ": " + e.getMessage(), e);
        }
    }

    private @Nullable Continuation continuation() {
        RowSpec.Generate generate = row.generate();
        if (generate == null) {
            return null;
        }
        Continuation continuation = Continuation.of(requireNonNull(row.data()).source(), folder);
        continuation.truth(generate.steps());
        return continuation;
    }

    private RowRun scored(
            Dataset data,
            LabNetwork network,
            Fitting fitting,
            EpochLoop<Fitting.Score> loop,
            @Nullable Continuation continuation) {
        Integer epoch = row.metric().epoch();
        if (epoch == null || epoch < loop.epoch()) { // else the document's figure is that of the last epoch
            network.setParameters(loop.best());
        }
        Outcome.Scores ours = scores(network::predict, data);
        Outcome outcome = Outcome.of(row, settings, data, ours, scores(Predictor.of(data.naive(), data), data));
        outcome.trained(fitting, network.parameterCount(), loop.bestEpoch(), row.training(settings.full()));
        Pictures pictures = new Pictures(row, folder, settings, outcome);
        pictures.curves();
        pictures.forecasts(data, network::predict);
        pictures.sweep(fitting);
        if (continuation != null) {
            pictures.generated(continuation, network, data);
        }
        return outcome.finish(begun);
    }
}
