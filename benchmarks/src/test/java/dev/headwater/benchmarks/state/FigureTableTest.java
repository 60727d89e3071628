package dev.headwater.benchmarks.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FigureTableTest {

    private static final StateCase FEW = new StateCase(325, false, true);
    private static final StateCase MANY = new StateCase(10_000, true, true);

    @Test
    void aLineStatesMediansSpreadAndRatio() {
        // Given
        FigureTable table = new FigureTable();
        for (double rate : List.of(30_000.0, 10_000.0, 20_000.0)) {
            table.addOlder(MANY, Map.of(Figure.RATE, rate));
            table.addNewer(MANY, Map.of(Figure.RATE, 2 * rate));
        }

        // When
        String markdown = table.markdown("one", "two");

        // Then
        assertThat(markdown.lines())
                .containsExactly(
                        "| figure | kept a sensor | sensors | one | two | two / one |",
                        "|---|---|---|---|---|---|",
                        "| forecasts a second | profile | 10,000 | 20,000 (10,000 to 30,000) |"
                                + " 40,000 (20,000 to 60,000) | 2.00 |");
    }

    @Test
    void figuresThatOneBuildLacksAreLeftOut() {
        // Given
        FigureTable table = new FigureTable();
        table.addOlder(FEW, Map.of(Figure.HEAP, 700.0, Figure.RATE, 1.0));
        table.addNewer(FEW, Map.of(Figure.HEAP, 350.0));
        table.addNewer(MANY, Map.of(Figure.HEAP, 1.0));

        // When
        String markdown = table.markdown("one", "two");

        // Then
        assertThat(markdown.lines().skip(2))
                .containsExactly("| heap a sensor, bytes | window | 325 | 700 | 350 | 0.50 |");
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        // When
        double median = FigureTable.median(List.of(4.0, 1.0, 3.0, 100.0));

        // Then
        assertThat(median).isEqualTo(3.5);
    }
}
