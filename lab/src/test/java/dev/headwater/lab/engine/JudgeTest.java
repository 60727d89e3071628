package dev.headwater.lab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.lab.data.Dataset;
import dev.headwater.lab.data.Shape;
import dev.headwater.lab.definition.RowSpec.Figure;
import dev.headwater.lab.definition.TrainingSpec.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Inputs are what is "predicted", so that a plain loop over inputs and targets is the oracle.
class JudgeTest {

    private static final int EXAMPLES = 2 * 256 + 88;
    private static final Shape SHAPE = new Shape(3, 2);
    private static final double UNIT = 8.5;

    private static float[][] random(int rows, int width, long seed) {
        Random random = new Random(seed);
        float[][] values = new float[rows][width];
        for (float[] row : values) {
            for (int i = 0; i < width; i++) {
                row[i] = (float) (1.5 * random.nextGaussian());
            }
        }
        return values;
    }

    private static Predictor copying(Shape shape) {
        return (inputs, count, outputs) -> System.arraycopy(inputs, 0, outputs, 0, count * shape.length());
    }

    // Values

    private final ListedExamples values = new ListedExamples(random(EXAMPLES, 6, 1), random(EXAMPLES, 6, 2));
    private final Dataset data = values.data(SHAPE, SHAPE, List.of(), UNIT);

    private double mean(DoubleUnaryOperator of) {
        double sum = 0;
        for (int e = 0; e < EXAMPLES; e++) {
            for (int i = 0; i < 6; i++) {
                sum += of.applyAsDouble((double) values.inputs()[e][i] - values.targets()[e][i]);
            }
        }
        return sum / (EXAMPLES * 6);
    }

    private PartScore score(Loss loss, Figure figure) {
        return Judge.score(copying(SHAPE), data, data.test(), loss, figure);
    }

    @Test
    void figuresAreErrorsInTheUnitOfTheData() {
        // Given
        double absolute = mean(Math::abs);
        double squared = mean(error -> error * error);
        // When, then
        assertThat(score(Loss.MSE, Figure.MAE).figure()).isCloseTo(UNIT * absolute, within(1e-9));
        assertThat(score(Loss.MSE, Figure.MSE).figure()).isCloseTo(UNIT * UNIT * squared, within(1e-9));
        assertThat(score(Loss.MSE, Figure.RMSE).figure()).isCloseTo(UNIT * Math.sqrt(squared), within(1e-9));
    }

    @Test
    void lossesAreMeansInTheScaleOfTheTargets() {
        // Given
        double squared = mean(error -> error * error);
        double huber = mean(error -> Math.abs(error) <= 1 ? 0.5 * error * error : Math.abs(error) - 0.5);
        // When, then
        assertThat(score(Loss.MAE, Figure.MAE).loss()).isCloseTo(mean(Math::abs), within(1e-9));
        assertThat(score(Loss.MSE, Figure.MAE).loss()).isCloseTo(squared, within(1e-9));
        assertThat(score(Loss.RMSE, Figure.MAE).loss()).isCloseTo(Math.sqrt(squared), within(1e-9));
        assertThat(score(Loss.HUBER, Figure.MAE).loss()).isCloseTo(huber, within(1e-9));
    }

    @Test
    void errorsAreCountedByStep() {
        // Given the mean error of the second step alone
        double sum = 0;
        for (int e = 0; e < EXAMPLES; e++) {
            for (int i = 2; i < 4; i++) {
                sum += Math.abs((double) values.inputs()[e][i] - values.targets()[e][i]);
            }
        }
        // When
        PartScore score = score(Loss.MAE, Figure.MAE);
        // Then
        assertThat(score.confusion()).isNull();
        assertThat(score.errors().horizon()).isEqualTo(3);
        assertThat(score.errors().mae(1)).isCloseTo(sum / (2 * EXAMPLES), within(1e-9));
    }

    @Test
    void predictsInChunksWithARaggedEnd() {
        // When
        List<Integer> counts = new ArrayList<>();
        List<Integer> examples = new ArrayList<>();
        Predictor counting = (inputs, count, outputs) -> {
            counts.add(count);
            copying(SHAPE).predict(inputs, count, outputs);
        };
        Judge.predict(counting, data, data.test(), EXAMPLES, (example, prediction, target, at) -> {
            examples.add(example);
            assertThat(prediction[at + 5]).isEqualTo(values.inputs()[example][5]);
            assertThat(target[at + 5]).isEqualTo(values.targets()[example][5]);
        });
        // Then every example is handed on once, in order, with its own target
        assertThat(counts).containsExactly(256, 256, 88);
        assertThat(examples).hasSize(EXAMPLES).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"10, 0, 540", "300, 0, 598", "600, 0, 599", "1000, 0, 599"})
    void aSampleIsSpreadEvenlyOverThePart(int most, int first, int last) {
        // When
        List<Integer> examples = new ArrayList<>();
        Judge.predict(
                copying(SHAPE), data, data.test(), most, (example, prediction, target, at) -> examples.add(example));
        // Then
        int chosen = Math.min(most, EXAMPLES);
        assertThat(examples).hasSize(chosen).isSorted().doesNotHaveDuplicates();
        assertThat(examples.getFirst()).isEqualTo(first);
        assertThat(examples.getLast()).isEqualTo(last);
        for (int i = 1; i < chosen; i++) {
            assertThat(examples.get(i) - examples.get(i - 1))
                    .isBetween(EXAMPLES / chosen, (EXAMPLES + chosen - 1) / chosen);
        }
    }

    @Test
    void aSampleIsScoredAlone() {
        // Given the mean of every sixtieth example
        double sum = 0;
        for (int e = 0; e < EXAMPLES; e += 60) {
            for (int i = 0; i < 6; i++) {
                sum += Math.abs((double) values.inputs()[e][i] - values.targets()[e][i]);
            }
        }
        // When
        PartScore score = Judge.score(copying(SHAPE), data, data.test(), 10, Loss.MAE, Figure.MAE);
        // Then
        assertThat(score.loss()).isCloseTo(sum / 60, within(1e-9));
    }

    // Classes

    private static final Shape FOUR = new Shape(1, 4);

    /// Shares that sum up to 1, and classes of which most are the one with the highest share.
    private static ListedExamples classes() {
        Random random = new Random(3);
        float[][] shares = random(EXAMPLES, 4, 4);
        float[][] truths = new float[EXAMPLES][4];
        for (int e = 0; e < EXAMPLES; e++) {
            double sum = 0;
            for (float score : shares[e]) {
                sum += Math.exp(score);
            }
            for (int c = 0; c < 4; c++) {
                shares[e][c] = (float) (Math.exp(shares[e][c]) / sum);
            }
            truths[e][random.nextInt(3) == 0 ? random.nextInt(4) : highest(shares[e])] = 1;
        }
        return new ListedExamples(shares, truths);
    }

    private static int highest(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }

    @Test
    void classesAreScoredByAccuracyAndCrossEntropy() {
        // Given
        ListedExamples examples = classes();
        Dataset words = examples.data(FOUR, FOUR, List.of("a", "b", "c", "d"), 1);
        int right = 0;
        double entropy = 0;
        for (int e = 0; e < EXAMPLES; e++) {
            int truth = highest(examples.targets()[e]);
            right += highest(examples.inputs()[e]) == truth ? 1 : 0;
            entropy -= Math.log(examples.inputs()[e][truth]);
        }
        // When
        PartScore score = Judge.score(copying(FOUR), words, words.test(), Loss.CROSS_ENTROPY, Figure.ACCURACY);
        // Then
        assertThat(right).isBetween(EXAMPLES / 2, EXAMPLES - 1);
        assertThat(score.figure()).isCloseTo((double) right / EXAMPLES, within(1e-12));
        assertThat(score.loss()).isCloseTo(entropy / EXAMPLES, within(1e-9));
        assertThat(score.errors()).isNull();
        assertThat(score.confusion().clips()).isEqualTo(EXAMPLES);
    }

    @Test
    void aSingleScoreTellsTwoClassesApart() {
        // Given
        Random random = new Random(5);
        float[][] scores = new float[EXAMPLES][1];
        float[][] truths = new float[EXAMPLES][1];
        int right = 0;
        double entropy = 0;
        for (int e = 0; e < EXAMPLES; e++) {
            scores[e][0] = e == 0 ? 0.5f : random.nextFloat();
            truths[e][0] = random.nextInt(2);
            boolean positive = truths[e][0] == 1;
            right += scores[e][0] >= 0.5f == positive ? 1 : 0;
            entropy -= Math.log(positive ? scores[e][0] : 1 - scores[e][0]);
        }
        Shape one = new Shape(1, 1);
        Dataset likes = new ListedExamples(scores, truths).data(one, one, List.of("neg", "pos"), 1);
        // When
        PartScore score = Judge.score(copying(one), likes, likes.test(), Loss.BINARY_CROSS_ENTROPY, Figure.ACCURACY);
        // Then
        assertThat(score.figure()).isCloseTo((double) right / EXAMPLES, within(1e-12));
        assertThat(score.loss()).isCloseTo(entropy / EXAMPLES, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aProbabilityOfZeroCostsAsMuchAsInKeras(int truth) {
        // Given an example that is wrong without a doubt
        Shape one = new Shape(1, 1);
        ListedExamples wrong = new ListedExamples(new float[][] {{1 - truth}}, new float[][] {{truth}});
        Dataset likes = wrong.data(one, one, List.of("neg", "pos"), 1);
        // When
        PartScore score = Judge.score(copying(one), likes, likes.test(), Loss.BINARY_CROSS_ENTROPY, Figure.ACCURACY);
        // Then
        assertThat(score.figure()).isZero();
        assertThat(score.loss()).isCloseTo(-Math.log(1e-7), within(1e-9));
    }
}
