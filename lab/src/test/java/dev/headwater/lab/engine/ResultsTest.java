package dev.headwater.lab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.data.DataFolder;
import dev.headwater.lab.definition.RowFile;
import dev.headwater.lab.definition.RowSpec;
import dev.headwater.lab.definition.RowText;
import dev.headwater.trainer.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsTest {

    private static final String NAIVE = """
            row: own
            title: A baseline
            document: '004'
            data: {synthetic: {window: 20, split: 1000}}
            metric: {figure: mae, part: validation, document: 6.41, told: 6.35 to 6.41}
            seconds: 1
            """;
    private static final RowSpec ROW = RowText.row(NAIVE);
    private static final RunSettings SETTINGS = new RunSettings(false, 7);

    @TempDir
    private Path folder;

    private RowRun run() {
        return RowRunner.run(ROW, new DataFolder(folder), SETTINGS, TrainingListener.NONE)
                .orElseThrow();
    }

    @Test
    void keepsAResultWithItsPictures() {
        // Given
        Results results = new Results(folder.resolve("results"));
        RowRun run = run();
        // When
        results.save(run);
        // Then it is found again as it was
        assertThat(results.find(ROW, SETTINGS)).contains(run.result());
        assertThat(results.all()).containsExactly(run.result());
        assertThat(run.pictures()).isNotEmpty();
        run.pictures()
                .forEach((name, png) ->
                        assertThat(results.picture(run.result(), name)).isEqualTo(png));
    }

    @Test
    void keepsWhatIsNoNumber() {
        // Given a training that diverged
        Results results = new Results(folder);
        RowResult diverged = new MadeResults(
                        "own",
                        "004",
                        RowSpec.Figure.MAE,
                        null,
                        "none",
                        Double.POSITIVE_INFINITY,
                        null,
                        true,
                        List.of(new EpochFigures(1, Double.NaN, Double.NaN, Double.NaN, Double.NaN)),
                        List.of())
                .of(1, true, Double.NaN);
        // When
        results.save(MadeResults.run(diverged));
        // Then
        assertThat(results.all()).containsExactly(diverged);
    }

    @Test
    void findsNoResultOfAnotherDefinitionSeedOrSetting() {
        // Given
        Results results = new Results(folder);
        results.save(run());
        RowSpec longer = RowText.row(NAIVE.replace("window: 20", "window: 21"));
        RowSpec renamed = RowText.row(NAIVE.replace("row: own", "row: other"));
        // Then
        assertThat(results.find(longer, SETTINGS)).isEmpty();
        assertThat(results.find(renamed, SETTINGS)).isEmpty();
        assertThat(results.find(ROW, new RunSettings(false, 8))).isEmpty();
        // and the same definition is found in the full setting, for it has no other
        assertThat(results.find(ROW, new RunSettings(true, 7))).isPresent();
    }

    @Test
    void aShorterRunIsKeptBesideTheFullOne() {
        // Given both
        Results results = new Results(folder);
        MadeResults made = MadeResults.errors("jena-lstm");
        // When
        results.save(MadeResults.run(made.of(1, false, 2.5)));
        results.save(MadeResults.run(made.of(1, true, 2.4)));
        results.save(MadeResults.run(made.of(1, true, 2.3))); // in place of the one before
        // Then
        assertThat(results.all()).extracting(RowResult::ours).containsExactlyInAnyOrder(2.5, 2.3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"row\": \"own\",", "null", "{}", "[]", "{\"row\": \"own\", \"ours\": \"much\"}"})
    void aBrokenResultIsToBeDeleted(String content) throws IOException {
        // Given
        Results results = new Results(folder.resolve("results"));
        results.save(run());
        Path file = folder.resolve("results/own/seed-7-full/result.json");
        Files.writeString(file, content);
        // When, then
        assertThatThrownBy(results::all)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("result " + file + ": ")
                .hasMessageEndingWith("; delete it to run anew")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> results.find(ROW, SETTINGS)).hasMessageEndingWith("; delete it to run anew");
    }

    @Test
    void aResultThatLacksAKeyIsToBeDeleted() throws IOException {
        // Given
        Results results = new Results(folder.resolve("results"));
        results.save(run());
        Path file = folder.resolve("results/own/seed-7-full/result.json");
        Files.writeString(file, Files.readString(file).replace("\"machine\"", "\"computer\""));
        // When, then
        assertThatThrownBy(results::all)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("result " + file + ": must have all keys of a result; delete it to run anew");
    }

    @Test
    void thereIsNoFolderBeforeTheFirstRun() throws IOException {
        // Given
        Path none = folder.resolve("none");
        Results results = new Results(none);
        // When, then
        assertThat(results.find(ROW, SETTINGS)).isEmpty();
        assertThatThrownBy(results::all)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("folder of results " + none + ": no such file or folder");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void theFingerprintIsThatOfTheDefinitionWithoutItsTime() {
        // When
        String print = Results.fingerprint(ROW);
        // Then it is the same for the same definition alone
        assertThat(print).matches("[0-9a-f]{16}").isEqualTo(Results.fingerprint(RowText.row(NAIVE)));
        assertThat(Results.fingerprint(RowText.row(NAIVE.replace("seconds: 1", "seconds: 2"))))
                .isEqualTo(print);
        assertThat(Results.fingerprint(RowText.row(NAIVE.replace("6.41,", "6.42,"))))
                .isNotEqualTo(print);
        assertThat(RowFile.shipped().stream().map(RowFile::load).map(Results::fingerprint))
                .doesNotHaveDuplicates();
    }
}
