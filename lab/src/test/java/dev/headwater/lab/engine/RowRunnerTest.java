package dev.headwater.lab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.data.DataFolder;
import dev.headwater.lab.definition.RowFile;
import dev.headwater.lab.definition.RowSpec;
import dev.headwater.lab.definition.RowText;
import dev.headwater.trainer.TrainingListener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowRunnerTest {

    private static final DataFolder NONE = new DataFolder(Path.of("none"));

    private static final String SMALL = """
            row: own
            title: A small network on the series of the course
            document: '004'
            data: {synthetic: {window: 20, split: 1000}}
            layers:
              - rnn: {units: 4}
              - dense: {units: 1}
              - scale: {factor: 100}
            training:
              loss: mse
              updater: {rule: adam, rate: 0.01}
              batch: 32
              epochs: 3
              samplesPerEpoch: 256
            metric: {figure: mae, part: validation, document: 6.41, told: 6.35 to 6.41}
            seconds: 1
            remark: Of our own.
            """;

    private static RowRun run(String yaml, long seed) {
        return RowRunner.run(RowText.row(yaml), NONE, new RunSettings(false, seed), TrainingListener.NONE)
                .orElseThrow();
    }

    private static void assertPictures(RowRun run, String... names) throws IOException {
        assertThat(run.result().pictures()).containsExactly(names);
        assertThat(run.pictures()).containsOnlyKeys(names);
        for (byte[] png : run.pictures().values()) {
            assertThat(png).startsWith(0x89, 'P', 'N', 'G');
            assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isGreaterThan(300);
        }
    }

    @AfterEach
    void clearTheInterruptFlag() {
        Thread.interrupted();
    }

    @Test
    void fitsScoresAndDraws() throws IOException {
        // When
        RowRun run = run(SMALL, 42);
        // Then
        RowResult result = run.result();
        assertThat(result.row()).isEqualTo("own");
        assertThat(result.metric()).isEqualTo("validation MAE");
        assertThat(result.ours()).isFinite().isPositive();
        assertThat(result.naive()).isCloseTo(5.9379, within(1e-4));
        assertThat(result.seed()).isEqualTo(6.41);
        assertThat(result.curve()).extracting(EpochFigures::epoch).containsExactly(1, 2, 3);
        assertThat(result.curve()).allSatisfy(epoch -> {
            assertThat(epoch.trainLoss()).isFinite();
            assertThat(epoch.train()).isFinite();
            assertThat(epoch.validationLoss()).isFinite();
        });
        assertThat(result.bestEpoch()).isBetween(1, 3);
        assertThat(result.setting()).isEqualTo("3 epochs of 256 examples");
        assertThat(result.parameters()).isEqualTo(4 * (1 + 4 + 1) + 5);
        assertThat(result.sameData()).isTrue();
        assertThat(result.full()).isTrue();
        assertThat(result.seconds()).isPositive();
        assertThat(result.randomSeed()).isEqualTo(42);
        assertThat(result.remark()).isEqualTo("Of our own.");
        assertThat(result.definition()).isEqualTo(Results.fingerprint(RowText.row(SMALL)));
        assertPictures(run, "curves", "forecast");
    }

    @Test
    void reportsTheEpochThatIsBestOnValidation() {
        // When
        RowResult result = run(SMALL.replace("epochs: 3", "epochs: 6"), 42).result();
        // Then the figure is that of the parameters that were kept
        double best = result.curve().stream()
                .mapToDouble(EpochFigures::validation)
                .min()
                .orElseThrow();
        assertThat(result.curve().get(result.bestEpoch() - 1).validation()).isEqualTo(best);
        assertThat(result.ours()).isCloseTo(best, within(1e-9));
        assertThat(result.validation()).isEqualTo(result.ours());
    }

    @Test
    void reportsTheEpochThatTheDocumentDoes() {
        // When
        RowResult result = run(SMALL.replace("part: validation", "part: validation, epoch: 2"), 42)
                .result();
        // Then
        assertThat(result.ours()).isEqualTo(result.curve().get(1).validation());
        assertThat(result.curve()).hasSize(3);
    }

    @Test
    void stopsEarlyWhenNoEpochIsBetter() {
        // Given updates that are too small to change anything
        String still = SMALL.replace("rate: 0.01", "rate: 1.0e-30").replace("epochs: 3", "epochs: 50\n  patience: 2");
        // When
        RowResult result = run(still, 42).result();
        // Then
        assertThat(result.bestEpoch()).isEqualTo(1);
        assertThat(result.curve()).hasSize(3);
        assertThat(result.setting()).isEqualTo("3 epochs of 256 examples");
    }

    @Test
    void theSameSeedGivesTheSameFigures() {
        // Given dropout too
        String dropping = SMALL.replace("  - dense", "  - dropout: {share: 0.3}\n  - dense");
        // When
        RowResult first = run(dropping, 1).result();
        RowResult second = run(dropping, 1).result();
        RowResult other = run(dropping, 2).result();
        // Then
        assertThat(second.curve()).isEqualTo(first.curve());
        assertThat(second.ours()).isEqualTo(first.ours());
        assertThat(second.test()).isEqualTo(first.test());
        assertThat(other.ours()).isNotEqualTo(first.ours());
    }

    @Test
    void runsTheShorterSettingUnlessAskedForTheFullOne() {
        // Given
        RowSpec row = RowText.row(SMALL + "quick: {epochs: 1, samplesPerEpoch: 64}\n");
        // When
        RowResult quick = RowRunner.run(row, NONE, new RunSettings(false, 1), TrainingListener.NONE)
                .orElseThrow()
                .result();
        RowResult full = RowRunner.run(row, NONE, new RunSettings(true, 1), TrainingListener.NONE)
                .orElseThrow()
                .result();
        // Then
        assertThat(quick.setting()).isEqualTo("1 epoch of 64 examples");
        assertThat(quick.full()).isFalse();
        assertThat(full.setting()).isEqualTo("3 epochs of 256 examples");
        assertThat(full.full()).isTrue();
    }

    @Test
    void tellsTheListenerHowFarItIs() {
        // When
        List<String> told = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void epochStarted(int epoch, int epochs, long samples) {
                told.add(epoch + "/" + epochs + " of " + samples);
            }

            @Override
            public void batch(long done, double loss) {
                if (done == 256) {
                    told.add("done");
                }
            }
        };
        RowRunner.run(RowText.row(SMALL), NONE, new RunSettings(false, 1), listener);
        // Then
        assertThat(told).containsExactly("1/3 of 256", "done", "2/3 of 256", "done", "3/3 of 256", "done");
    }

    @Test
    void anInterruptedRunGivesNothingAndLeavesTheFlag() {
        // Given an interrupt within the second epoch
        TrainingListener interrupting = new TrainingListener() {
            @Override
            public void epochStarted(int epoch, int epochs, long samples) {
                if (epoch == 2) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        // When
        Optional<RowRun> run = RowRunner.run(RowText.row(SMALL), NONE, new RunSettings(false, 1), interrupting);
        // Then
        assertThat(run).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void scoresABaselineWithoutTraining() throws IOException {
        // Given a row without layers
        String naive = SMALL.replaceAll("(?s)layers:.*metric", "metric");
        // When
        RowRun run = run(naive, 42);
        // Then
        assertThat(run.result().ours()).isCloseTo(5.9379, within(1e-4));
        assertThat(run.result().naive()).isEqualTo(run.result().ours());
        assertThat(run.result().gain()).isZero();
        assertThat(run.result().parameters()).isZero();
        assertThat(run.result().curve()).isEmpty();
        assertPictures(run, "forecast");
    }

    @Test
    void theChecksFindNoDifference() {
        // When
        RowResult windows = checked("windows");
        RowResult byHand = checked("rnn-by-hand");
        // Then
        assertThat(windows.ours()).isZero();
        assertThat(windows.metric()).isEqualTo("largest difference");
        assertThat(windows.notes()).containsExactly("Windows of 4 examples, the last of them with 13 windows.");
        assertThat(byHand.ours()).isBetween(0.0, 1e-6);
        assertThat(byHand.validation()).isNull();
        assertThat(byHand.sameData()).isTrue();
    }

    private static RowResult checked(String row) {
        return RowRunner.run(RowFile.load(row), NONE, new RunSettings(false, 3), TrainingListener.NONE)
                .orElseThrow()
                .result();
    }

    @Test
    void aSweepSuggestsARateWithinItsRange() throws IOException {
        // Given rates from 1e-8 to 1e-3
        String sweep = SMALL.replace("{rule: adam, rate: 0.01}", "{rule: momentum, rate: 1.0e-8, momentum: 0.9}")
                        .replace("loss: mse", "loss: huber")
                        .replace("epochs: 3", "epochs: 26")
                        .replace("{figure: mae", "{figure: rate")
                + "sweep: {from: 1.0e-8, perFactorTen: 5}\n";
        // When
        RowRun run = run(sweep, 42);
        // Then
        assertThat(run.result().metric()).isEqualTo("learning rate");
        assertThat(run.result().ours()).isBetween(1e-8, 1e-3);
        assertThat(run.result().naive()).isNull();
        assertThat(run.result().validation()).isPositive();
        assertThat(run.result().notes()).hasSize(1);
        assertThat(run.result().notes().getFirst()).startsWith("The loss falls fastest at ");
        assertPictures(run, "curves", "forecast", "sweep");
    }

    @Test
    void generatesFromTheTrainedNetwork() throws IOException {
        // Given
        String sine = SMALL.replace("{synthetic: {window: 20, split: 1000}}", "{sine: {steps: 20}}")
                        .replace("units: 4", "units: 4, sequences: true")
                        .replace("  - scale: {factor: 100}\n", "")
                        .replace("figure: mae", "figure: mse")
                + "generate: {steps: 30}\n";
        // When
        RowRun run = run(sine, 42);
        // Then
        assertThat(run.result().ours()).isFinite();
        assertPictures(run, "curves", "generated");
    }

    @Test
    void namesTheRowWhoseLayersDoNotFit() {
        String faulty = SMALL.replace("units: 4", "units: 4, sequences: true");
        assertThatThrownBy(() -> run(faulty, 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "row own: layers: the last dense must get one step for all, as targets have, found 20 steps");
    }

    @Test
    void saysInOneLineThatThereAreNoData() {
        RowSpec row = RowFile.load("jena-naive");
        assertThatThrownBy(() -> RowRunner.requireData(row, NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("data folder none: no such folder");
        assertThatThrownBy(() -> RowRunner.run(row, NONE, new RunSettings(false, 1), TrainingListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("data folder none: no such folder");
        RowRunner.requireData(RowFile.load("windows"), NONE); // needs none
        RowRunner.requireData(RowFile.load("sine-rnn"), NONE);
    }
}
