package dev.headwater.lab.engine;

import dev.headwater.lab.data.Dataset;
import dev.headwater.lab.data.Examples;
import dev.headwater.lab.definition.RowSpec;
import dev.headwater.lab.definition.RowSpec.Figure;
import dev.headwater.lab.definition.TrainingSpec;
import dev.headwater.lab.network.LabNetwork;
import dev.headwater.trainer.EpochLoop;
import dev.headwater.trainer.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Fits a row's network, epoch by epoch.
final class Fitting implements EpochLoop.Network<Fitting.Score> {

    private final RowSpec row;
    private final TrainingSpec settings;
    private final Dataset data;
    private final LabNetwork network;
    private final TrainingListener listener;
    private final Order order;
    private final List<EpochFigures> curve = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>(); // of a sweep, by update
    private final List<Double> losses = new ArrayList<>(); // of a sweep, by update
    private final float[] inputs; // [batch][steps][width]
    private final float[] targets; // [batch][steps][width]

    /// The figure of an epoch on the validation part.
    record Score(double figure, boolean higherIsBetter) implements EpochLoop.Score<Score> {

        @Override
        public boolean isBetterThan(Score other) {
            return higherIsBetter ? figure > other.figure : figure < other.figure;
        }
    }

    Fitting(
            RowSpec row,
            TrainingSpec settings,
            Dataset data,
            LabNetwork network,
            long seed,
            TrainingListener listener) {
        this.row = row;
        this.settings = settings;
        this.data = data;
        this.network = network;
        this.listener = listener;
        this.order = new Order(data.train().size(), seed);
        this.inputs = new float[settings.batch() * data.input().length()];
        this.targets = new float[settings.batch() * data.target().length()];
    }

    /// Fits until the last epoch, or until early stopping.
    ///
    /// @return the loop with the best parameters; null when interrupted
    @Nullable
    EpochLoop<Score> run() {
        int patience = settings.patience() == null ? Integer.MAX_VALUE : settings.patience();
        EpochLoop<Score> loop = new EpochLoop<>(this, settings.epochs(), patience, samples(), listener);
        return loop.run() ? loop : null;
    }

    List<EpochFigures> curve() {
        return List.copyOf(curve);
    }

    List<Double> rates() {
        return rates;
    }

    List<Double> losses() {
        return losses;
    }

    private int samples() {
        return settings.samplesPerEpoch() == null ? data.train().size() : settings.samplesPerEpoch();
    }

    @Override
    public boolean fit(int epoch) {
        RowSpec.Sweep sweep = row.sweep();
        if (sweep != null) {
            network.setRate(sweep.from() * Math.pow(10, (epoch - 1.0) / sweep.perFactorTen()));
        }
        for (int done = 0; done < samples(); ) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            int size = Math.min(settings.batch(), samples() - done);
            load(size);
            double loss = network.fit(inputs, targets, size);
            done += size;
            if (sweep != null) {
                rates.add(sweep.from() * Math.pow(10, (epoch - 1.0) / sweep.perFactorTen()));
                losses.add(loss);
            }
            listener.batch(done, loss);
        }
        return true;
    }

    private void load(int size) {
        Examples train = data.train();
        for (int i = 0; i < size; i++) {
            train.load(
                    order.next(),
                    inputs,
                    i * data.input().length(),
                    targets,
                    i * data.target().length());
        }
    }

    @Override
    public float[] parameters() {
        return network.parameters();
    }

    /// Training examples are scored like those of the validation part, as many of them: nothing is dropped.
    @Override
    public Score score(int epoch, float[] parameters) {
        Figure figure = row.sweep() == null ? row.metric().figure() : Figure.MAE;
        PartScore train = Judge.score(
                network::predict, data, data.train(), data.validation().size(), settings.loss(), figure);
        PartScore validation = Judge.score(network::predict, data, data.validation(), settings.loss(), figure);
        curve.add(new EpochFigures(epoch, train.loss(), train.figure(), validation.loss(), validation.figure()));
        return new Score(validation.figure(), figure.isHigherBetter());
    }

    /// The order of the training examples: one permutation after the other.
    private static final class Order {

        private final int[] numbers;
        private final SplittableRandom random;
        private int next;

        Order(int size, long seed) {
            numbers = new int[size];
            for (int i = 0; i < size; i++) {
                numbers[i] = i;
            }
            random = new SplittableRandom(seed);
            next = size;
        }

        int next() {
            if (next == numbers.length) {
                shuffle();
                next = 0;
            }
            return numbers[next++];
        }

        private void shuffle() {
            for (int i = numbers.length - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int kept = numbers[i];
                numbers[i] = numbers[other];
                numbers[other] = kept;
            }
        }
    }
}
