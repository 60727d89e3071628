package dev.headwater.lab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.TestData;
import dev.headwater.lab.data.DataFolder;
import dev.headwater.lab.definition.RowSpec;
import dev.headwater.lab.definition.RowText;
import dev.headwater.trainer.TrainingListener;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Small rows on recorded data, with all the pictures of their kinds; skipped where the data are absent.
class RealRowsTest {

    private static RowResult run(String path, String yaml) {
        Path found = TestData.file(path);
        RowSpec row = RowText.row("row: own\ntitle: Small\ndocument: '000'\nseconds: 1\n" + yaml);
        DataFolder folder = new DataFolder(found.getParent());
        RowRunner.requireData(row, folder);
        RowRun run = RowRunner.run(row, folder, new RunSettings(false, 1), TrainingListener.NONE)
                .orElseThrow();
        assertThat(run.result().ours()).isFinite().isPositive();
        assertThat(run.result().sameData()).isFalse();
        assertThat(run.pictures().keySet())
                .containsExactlyElementsOf(run.result().pictures());
        assertThat(run.pictures().values()).allSatisfy(png -> assertThat(png).startsWith(0x89, 'P', 'N', 'G'));
        return run.result();
    }

    @Test
    void traffic() {
        // When
        RowResult result = run("traffic/pems-bay-16", """
                data: {traffic: {lookback: 12, horizon: 12}}
                layers: [{gru: {units: 4}}, {repeat: {times: 12}}, {dense: {}}]
                training:
                  {loss: mse, updater: {rule: adam, rate: 0.01}, batch: 128, epochs: 1, samplesPerEpoch: 2560}
                metric: {figure: rmse, part: validation, epoch: 1, document: 0.5720, told: 0.5720 after 5 epochs}
                generate: {steps: 30}
                """);
        // Then
        assertThat(result.data()).isEqualTo("PEMS-BAY, 16 of 325 sensors");
        assertThat(result.pictures()).containsExactly("curves", "scatter", "sensor", "generated");
        assertThat(result.notes()).hasSize(1);
        assertThat(result.notes().getFirst())
                .startsWith("Test MAE over all steps ")
                .contains(" mph");
    }

    @Test
    void weather() {
        // When
        RowResult result = run("weather/jena_climate_2020.csv", """
                data:
                  weatherWindows:
                    {target: T (degC), train: 0.5, validation: 0.25, samplingRate: 6, sequenceLength: 120, ahead: 24}
                metric: {figure: mae, part: test, document: 2.62, told: test 2.62, naive: 2.62}
                showData: true
                """);
        // Then the baseline has the error that a script in numpy finds
        assertThat(result.ours()).isCloseTo(2.14614, within(1e-4));
        assertThat(result.metric()).isEqualTo("test MAE, degC");
        assertThat(result.pictures()).containsExactly("data");
        assertThat(result.notes()).hasSize(3);
        assertThat(result.notes().getFirst()).startsWith("train: 26,348 rows, mean ");
    }

    @Test
    void weatherDrawnAtRandom() {
        // When
        RowResult result = run("weather/jena_climate_2020.csv", """
                data:
                  weatherDraws:
                    {target: T (degC), trainRows: 200000, validationEnd: 300001, lookback: 1440, step: 6, delay: 144}
                metric: {figure: mae, part: validation, document: 2.57, told: '2.57', naive: 2.57}
                """);
        // Then the figure is in degrees
        assertThat(result.ours()).isCloseTo(3.07199, within(1e-4));
    }

    @Test
    void speech() {
        // When
        RowResult result = run("audio/speech-commands-8", """
                data: {speech: {frameLength: 255, frameStep: 128, split: speaker}}
                layers: [{normalise: {}}, {globalAveragePooling: {}}, {dense: {activation: softmax}}]
                training: {loss: crossEntropy, updater: {rule: adam, rate: 0.03}, batch: 64, epochs: 1}
                metric: {figure: accuracy, part: test, document: 0.862, told: test 86.2 %, naive: 0.125}
                showData: true
                """);
        // Then even the mean spectrum tells words apart, better than the most frequent word
        assertThat(result.naive()).isBetween(0.08, 0.2);
        assertThat(result.ours()).isBetween(0.15, 0.9);
        assertThat(result.parameters()).isEqualTo(129 * 8 + 8 + 259);
        assertThat(result.pictures()).containsExactly("curves", "confusion", "waveforms");
        assertThat(result.notes().getFirst()).startsWith("Test accuracy ").contains("hardest to tell apart: ");
    }
}
