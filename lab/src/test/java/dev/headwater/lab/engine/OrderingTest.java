package dev.headwater.lab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.lab.definition.RowFile;
import dev.headwater.lab.engine.Ordering.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderingTest {

    private static final Ordering BETTER = new Ordering("first", "second", false, "the first is better");
    private static final Ordering NOT_WORSE = new Ordering("first", "second", true, "the first is not worse");

    /// Results with errors, by seed from 1 on.
    private static List<RowResult> errors(String row, boolean full, double... figures) {
        List<RowResult> results = new ArrayList<>();
        for (double figure : figures) {
            results.add(MadeResults.errors(row).of(results.size() + 1, full, figure));
        }
        return results;
    }

    @SafeVarargs
    private static List<RowResult> all(List<RowResult>... parts) {
        return List.of(parts).stream().flatMap(List::stream).toList();
    }

    @Test
    void theShippedOrderingsAreOfShippedRowsWithTheSameFigure() {
        assertThat(Ordering.shipped()).isNotEmpty().allSatisfy(ordering -> {
            assertThat(RowFile.shipped()).contains(ordering.better(), ordering.than());
            assertThat(ordering.better()).isNotEqualTo(ordering.than());
            assertThat(RowFile.load(ordering.better()).metric().figure())
                    .isEqualTo(RowFile.load(ordering.than()).metric().figure());
            assertThat(RowFile.load(ordering.better()).data())
                    .isEqualTo(RowFile.load(ordering.than()).data());
            assertThat(ordering.statement()).isNotBlank();
        });
        assertThat(Ordering.shipped()).extracting(Ordering::statement).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        // first, second of two seeds each; better, not worse
        "2.0, 2.2, 2.4, 2.6, true, true",
        "2.4, 2.6, 2.0, 2.2, false, false",
        "2.0, 2.0, 2.0, 2.0, false, true",
        "2.0, 3.0, 2.4, 2.4, false, true", // 0.1 worse on average, with a deviation of 0.7
    })
    void holdsWhenTheMeanLeadIsAboveZero(
            double first1, double first2, double second1, double second2, boolean better, boolean notWorse) {
        // Given errors, of which the lower are better
        List<RowResult> results = all(errors("first", true, first1, first2), errors("second", true, second1, second2));
        // When
        Verdict strict = BETTER.judge(results);
        Verdict mild = NOT_WORSE.judge(results);
        // Then
        assertThat(strict.holds()).isEqualTo(better);
        assertThat(mild.holds()).isEqualTo(notWorse);
        assertThat(strict.lead()).isCloseTo((second1 + second2 - first1 - first2) / 2, within(1e-12));
        assertThat(strict.seeds()).isEqualTo(2);
    }

    @Test
    void ofAccuraciesTheHigherAreBetter() {
        // When
        Verdict verdict = BETTER.judge(List.of(
                MadeResults.accuracies("first", List.of()).of(1, true, 0.6),
                MadeResults.accuracies("second", List.of()).of(1, true, 0.4)));
        // Then
        assertThat(verdict.holds()).isTrue();
        assertThat(verdict.lead()).isCloseTo(0.2, within(1e-12));
        assertThat(verdict.spread()).isZero();
        assertThat(verdict.better()).isEqualTo("0.600");
        assertThat(verdict.than()).isEqualTo("0.400");
    }

    @Test
    void onlySeedsThatBothRowsHaveCount() {
        // When the first row has a third seed
        Verdict verdict = BETTER.judge(all(errors("first", true, 2.0, 2.1, 9.0), errors("second", true, 2.2, 2.4)));
        // Then
        assertThat(verdict.seeds()).isEqualTo(2);
        assertThat(verdict.better()).isEqualTo("2.000 / 2.100");
        assertThat(verdict.than()).isEqualTo("2.200 / 2.400");
        assertThat(verdict.lead()).isCloseTo(0.25, within(1e-12));
        assertThat(verdict.spread()).isCloseTo(Math.sqrt(0.005), within(1e-12));
    }

    @Test
    void resultsOfAnotherSettingAreNotMixedIn() {
        // Given both rows in both settings, the full one with a seed less
        List<RowResult> results = all(
                errors("first", false, 3.0, 3.1),
                errors("first", true, 2.0),
                errors("second", false, 3.2, 3.4),
                errors("second", true, 1.9));
        // When
        Verdict verdict = BETTER.judge(results);
        // Then the setting with more seeds counts
        assertThat(verdict.better()).isEqualTo("3.000 / 3.100");
        assertThat(verdict.than()).isEqualTo("3.200 / 3.400");
        // When there are as many of both, then the full one counts
        Verdict even = BETTER.judge(all(
                results,
                List.of(MadeResults.errors("first").of(2, true, 2.0)),
                List.of(MadeResults.errors("second").of(2, true, 1.8))));
        assertThat(even.better()).isEqualTo("2.000 / 2.000");
        assertThat(even.than()).isEqualTo("1.900 / 1.800");
    }

    @Test
    void aRowOfOneSettingIsComparedWithAny() {
        // Given a baseline, and a network that was run in its shorter setting alone
        Verdict verdict = BETTER.judge(all(errors("first", true, 2.0, 2.0), errors("second", false, 2.2, 2.4)));
        // Then
        assertThat(verdict.seeds()).isEqualTo(2);
        assertThat(verdict.holds()).isTrue();
    }

    @Test
    void thereIsNoVerdictWithoutACommonSeed() {
        assertThat(BETTER.judge(List.of())).isNull();
        assertThat(BETTER.judge(errors("first", true, 2.0))).isNull();
        assertThat(BETTER.judge(List.of(
                        MadeResults.errors("first").of(1, true, 2.0),
                        MadeResults.errors("second").of(2, true, 2.0))))
                .isNull();
    }
}
