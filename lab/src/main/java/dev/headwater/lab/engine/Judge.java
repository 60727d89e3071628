package dev.headwater.lab.engine;

import dev.headwater.forecasting.audio.Confusion;
import dev.headwater.forecasting.evaluation.ErrorGroup;
import dev.headwater.forecasting.evaluation.HorizonErrors;
import dev.headwater.lab.data.Dataset;
import dev.headwater.lab.data.Examples;
import dev.headwater.lab.definition.RowSpec.Figure;
import dev.headwater.lab.definition.TrainingSpec.Loss;

/// Compares predictions with targets, on the product's own scores.
final class Judge {

    private static final int CHUNK = 256; // examples that are predicted at once
    private static final double LEAST = 1e-7; // of a probability, as in Keras

    private final Dataset data;
    private final Loss loss;
    private final Figure figure;
    private final HorizonErrors errors;
    private final int[][] confusion; // [true][predicted]
    private double sum;
    private long count;

    private Judge(Dataset data, Loss loss, Figure figure) {
        this.data = data;
        this.loss = loss;
        this.figure = figure;
        this.errors = new HorizonErrors(data.target().steps());
        this.confusion = new int[data.classes().size()][data.classes().size()];
    }

    /// Takes predictions and targets.
    @FunctionalInterface
    interface Sink {

        /// @param prediction `[steps][width]` from `at` on
        /// @param target     `[steps][width]` from `at` on
        void take(int example, float[] prediction, float[] target, int at);
    }

    /// Scores all examples of a part.
    static PartScore score(Predictor predictor, Dataset data, Examples part, Loss loss, Figure figure) {
        return score(predictor, data, part, part.size(), loss, figure);
    }

    /// Scores at most `most` examples of a part, spread evenly over it.
    static PartScore score(Predictor predictor, Dataset data, Examples part, int most, Loss loss, Figure figure) {
        Judge judge = new Judge(data, loss, figure);
        predict(predictor, data, part, most, (example, prediction, target, at) -> judge.add(prediction, target, at));
        return judge.score();
    }

    /// Predicts at most `most` examples of a part, spread evenly over it, in order.
    static void predict(Predictor predictor, Dataset data, Examples part, int most, Sink sink) {
        int chosen = Math.min(most, part.size());
        int in = data.input().length();
        int out = data.target().length();
        float[] inputs = new float[CHUNK * in];
        float[] targets = new float[CHUNK * out];
        float[] outputs = new float[CHUNK * out];
        for (int from = 0; from < chosen; from += CHUNK) {
            int size = Math.min(CHUNK, chosen - from);
            for (int i = 0; i < size; i++) {
                part.load(spread(from + i, chosen, part.size()), inputs, i * in, targets, i * out);
            }
            predictor.predict(inputs, size, outputs);
            for (int i = 0; i < size; i++) {
                sink.take(spread(from + i, chosen, part.size()), outputs, targets, i * out);
            }
        }
    }

    private static int spread(int number, int chosen, int all) {
        return (int) ((long) number * all / chosen);
    }

    private void add(float[] prediction, float[] target, int at) {
        if (!data.classes().isEmpty()) {
            addClass(prediction, target, at);
            return;
        }
        for (int i = 0; i < data.target().length(); i++) {
            errors.add(i / data.target().width(), prediction[at + i], target[at + i]);
            sum += loss.kind().value(target[at + i], prediction[at + i]);
            count++;
        }
    }

    private void addClass(float[] prediction, float[] target, int at) {
        int truth = classOf(target, at);
        confusion[truth][classOf(prediction, at)]++;
        double probability =
                data.target().width() > 1 ? prediction[at + truth] : truth == 1 ? prediction[at] : 1 - prediction[at];
        sum -= Math.log(Math.max(LEAST, probability));
        count++;
    }

    /// The class with the highest score; of two classes with one score, the second from one half on.
    private int classOf(float[] scores, int at) {
        if (data.target().width() == 1) {
            return scores[at] >= 0.5f ? 1 : 0;
        }
        int best = 0;
        for (int i = 1; i < data.target().width(); i++) {
            best = scores[at + i] > scores[at + best] ? i : best;
        }
        return best;
    }

    private PartScore score() {
        double mean = sum / count;
        double reported = loss.kind().value(mean);
        if (!data.classes().isEmpty()) {
            Confusion counts = Confusion.of(data.classes(), confusion);
            return new PartScore(reported, counts.accuracy(), null, counts);
        }
        return new PartScore(reported, figureOf(errors.group("all")), errors, null);
    }

    private double figureOf(ErrorGroup all) {
        double factor = data.unitFactor();
        return switch (figure) {
            case MAE -> factor * all.mae();
            case RMSE -> factor * all.rmse();
            case MSE -> factor * factor * all.rmse() * all.rmse();
            case ACCURACY, DIFFERENCE, RATE -> throw new IllegalStateException("no figure of errors: " + figure);
        };
    }
}
