package dev.headwater.lab.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.definition.RowSpec.Figure;
import dev.headwater.lab.definition.RowSpec.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RowFileTest {

    /// The systems of the five documents.
    private static final List<String> SYSTEMS = List.of(
            "speech-rnn",
            "speech-lstm",
            "speech-gru",
            "speech-bilstm",
            "pems-seq2seq",
            "windows",
            "jena-naive",
            "jena-dense",
            "jena-conv",
            "jena-lstm",
            "jena-lstm-dropout",
            "jena-gru-stacked",
            "jena-bilstm",
            "jena-density",
            "imdb-rnn",
            "imdb-lstm",
            "imdb-conv",
            "jena2-naive",
            "jena2-dense",
            "jena2-gru",
            "jena2-gru-dropout",
            "jena2-gru-stacked",
            "jena2-bigru",
            "jena2-conv",
            "jena2-conv-gru",
            "rnn-by-hand",
            "sine-rnn",
            "sine-generate",
            "synthetic-lr-sweep",
            "synthetic-rnn",
            "synthetic-bilstm-1",
            "synthetic-bilstm-2",
            "synthetic-bilstm-3");

    private static final String VALID = """
            row: own
            title: An LSTM of our own
            document: '001'
            data: {weatherWindows: {target: T (degC), train: 0.5, validation: 0.25, samplingRate: 6, sequenceLength: 12, ahead: 24}}
            layers:
              - lstm: {units: 16, recurrentDropout: 0.25}
              - dropout: {share: 0.5}
              - dense: {units: 1}
            training:
              loss: mse
              updater: {rule: rmsprop, rate: 0.001}
              batch: 256
              epochs: 10
            quick: {epochs: 3, samplesPerEpoch: 512}
            metric: {figure: mae, part: test, document: 2.57, told: test 2.57, naive: 2.62}
            seconds: 40
            showData: true
            """;

    static Stream<String> shipped() {
        return RowFile.shipped().stream();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyShippedRowLoadsAndHasTheNameOfItsFile(String name) {
        // When
        RowSpec row = RowFile.load(name);
        // Then it can be run in both settings
        assertThat(row.row()).isEqualTo(name);
        assertThat(row.seconds()).isPositive();
        assertThat(row.metric().told()).isNotBlank();
        if (row.training() != null) {
            assertThat(row.training(true)).isEqualTo(row.training());
            assertThat(row.training(false).epochs())
                    .isLessThanOrEqualTo(row.training().epochs());
        }
    }

    @Test
    void everySystemOfTheDocumentsIsShipped() {
        assertThat(SYSTEMS).hasSize(33);
        assertThat(RowFile.shipped()).doesNotHaveDuplicates().containsAll(SYSTEMS);
    }

    @Test
    void loadsAFileByItsPath(@TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("own.yaml"), VALID);
        // When
        RowSpec row = RowFile.load(file.toString());
        // Then
        assertThat(row.data().source()).isEqualTo(new DataSpec.WeatherWindows("T (degC)", 0.5, 0.25, 6, 12, 24));
        assertThat(row.layers())
                .extracting(LayerSpec::layer)
                .containsExactly(
                        new Layer.Recurrent(Layer.Cell.LSTM, new Layer.Units(16, null, null, null, null, 0.25, null)),
                        new Layer.Dropout(0.5),
                        new Layer.Dense(1, null));
        assertThat(row.metric()).isEqualTo(new RowSpec.Metric(Figure.MAE, Part.TEST, null, 2.57, "test 2.57", 2.62));
        assertThat(row.isAlwaysFull()).isFalse();
        assertThat(row.training(true).epochs()).isEqualTo(10);
        assertThat(row.training(false).epochs()).isEqualTo(3);
        assertThat(row.training(false).samplesPerEpoch()).isEqualTo(512);
        assertThat(row.training(false).batch()).isEqualTo(256);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // keys
                "units: 16 | unit: 16 | unknown key 'layers[0].lstm.unit' (did you mean 'units'?) (line 6)",
                "batch: 256 | batches: 256 | unknown key 'training.batches' (did you mean 'batch'?) (line 12)",
                "quick: | quik: | unknown key 'quik' (did you mean 'quick'?) (line 14)",
                "- dense: {units: 1} | - {dense: {}, flatten: {}} | a layer must have exactly one key, found 2 (line 8)",
                "- dense: {units: 1} | - {} | a layer must have exactly one key, found 0 (line 8)",
                "data: {weather | data: {sine: {steps: 3}, weather | data must have exactly one key, found 2 (line 4)",
                // values
                "share: 0.5 | share: 1.5 | dropout must be from 0 to below 1, found 1.5 (line 7)",
                "0.25} | 1.5} | recurrentDropout must be from 0 to below 1, found 1.5 (line 6)",
                "loss: mse | loss: squared | training.loss must be one of mse, rmse, mae, huber, crossEntropy, binaryCrossEntropy, found 'squared' (line 10)",
                "batch: 256 | batch: many | training.batch must be a whole number such as 12, found 'many' (line 12)",
                "batch: 256 | batch: 2.5 | training.batch must be a whole number such as 12, found '2.5' (line 12)",
                "batch: 256 | batch: 0 | batch must be at least 1, found 0 (line 9)",
                "rate: 0.001 | rate: fast | training.updater.rate must be a number such as 0.5, found 'fast' (line 11)",
                "rate: 0.001 | rate: -1 | rate must be above 0, found -1.0 (line 11)",
                "units: 16 | units: 0 | units must be at least 1, found 0 (line 6)",
                "dropout: {share: 0.5} | maxPooling: {size: 0} | size must be at least 1, found 0 (line 7)",
                "units: 16 | units: 16, activation: relu | lstm.activation must be tanh, found relu (line 6)",
                "lstm: {units: 16 | rnn: {units: 16, activation: sigmoid | rnn.activation must be tanh or relu, found sigmoid (line 6)",
                "epochs: 3 | epochs: 0 | epochs must be at least 1, found 0 (line 14)",
                "row: own | row: Own | row must be lower-case letters, digits and hyphens",
                // what is missing
                "seconds: 40 | '' | seconds must be a whole number such as 12, found none",
                "title: An LSTM of our own | '' | title must be a text",
                "figure: mae, | '' | figure must be one of mae, mse, rmse, accuracy, difference, rate, found none (line 15)",
                "part: test, | '' | part must be validation or test, found none (line 15)",
                "told: test 2.57, | '' | told must be a text, found none (line 15)",
                // what does not go together
                "rule: rmsprop | rule: sgd, momentum: 0.9 | momentum must be absent without rule: momentum, found 0.9 (line 11)",
                "samplesPerEpoch: 512 | samplesPerEpoch: 5 | quick.samplesPerEpoch must be a batch or more (line 14)",
                "showData: true | check: windows | data must be given, unless there is a check",
                "figure: mae | figure: accuracy | metric.figure must be another than accuracy for values (line 15)",
                "figure: mae | figure: rate | metric.figure must be rate with a sweep, and only then (line 15)",
                "figure: mae | figure: difference | metric.figure must be difference with a check, and only then (line 15)",
                "figure: mae | figure: mae, epoch: 3 | metric.epoch must be given with layers and part: validation only (line 15)",
                "showData: true | generate: {steps: 3} | generate must be given with the data sine and traffic only (line 17)",
                "loss: mse | loss: crossEntropy | training.loss must be crossEntropy for speech only (line 10)",
            })
    void namesFileKeyRuleAndLineOfAFault(String valid, String faulty, String fault) {
        // Given
        assertThat(VALID).contains(valid);
        // When, then
        assertFault(VALID.replace(valid, faulty.replace("''", "")), fault);
    }

    @Test
    void layersNeedATraining() {
        // Given a row whose training is left out
        String yaml = VALID.replaceAll("(?s)training:.*quick", "quick");
        // When, then
        assertFault(yaml, "training must be given with layers, and only then");
    }

    @Test
    void refusesWhatIsNoYaml() {
        String rule = "must be YAML, keys and values indented by spaces, found ";
        assertFault(VALID.replace("  loss:", "\tloss:"), rule + "a tab (line 10)");
        assertFault(
                VALID.replace("{epochs: 3, samplesPerEpoch: 512}", "{epochs: 3: 4}"),
                rule + "'quick: {epochs: 3: 4}' (line 14)");
        assertFault("", "must be keys and values such as {a: 1, b: 2}, found none");
    }

    @Test
    void suggestsTheNameThatWasMeant(@TempDir Path folder) {
        // When a name is mistyped, or a file does not exist, then the message says so in one line
        assertThatThrownBy(() -> RowFile.load("jena-lstn"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("row 'jena-lstn' is not known (did you mean 'jena-lstm'?)");
        Path file = folder.resolve("none.yaml");
        assertThatThrownBy(() -> RowFile.load(file.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("row file " + file + ": no such file or folder");
    }

    private static void assertFault(String yaml, String fault) {
        assertThatThrownBy(() -> RowText.row(yaml))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("own.yaml: " + fault);
    }
}
