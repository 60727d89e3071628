package dev.headwater.forecasting.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.Fixtures;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Part;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Range;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChronologicalSplitTest {

    private static final SensorNetwork NETWORK = Fixtures.network(Duration.ofMinutes(5), 12, 12);

    private static Series ofLength(int slots) {
        Series.Builder builder = new Series.Builder(NETWORK);
        builder.add("a", 0, new float[] {1});
        builder.add("a", slots - 1L, new float[] {1});
        return builder.build();
    }

    @Test
    void cutsPemsBayAsTheLiteratureDoes() {
        // When
        ChronologicalSplit split = ChronologicalSplit.of(ofLength(52_116));

        // Then
        assertThat(split.range(Part.TRAIN)).isEqualTo(new Range(0, 36_465));
        assertThat(split.range(Part.VALIDATION)).isEqualTo(new Range(36_465, 5_209));
        assertThat(split.range(Part.TEST)).isEqualTo(new Range(41_674, 10_419));
        assertThat(split.windows()).isEqualTo(52_093);
        assertThat(split.trainRows()).isEqualTo(36_465 + 11);
    }

    @Test
    void partsFollowEachOtherAndEndWithTheLastWindowThatHasItsTruth() {
        for (int slots = 32; slots < 300; slots++) {
            // When
            ChronologicalSplit split = ChronologicalSplit.of(ofLength(slots));

            // Then
            int next = 0;
            for (Part part : Part.values()) {
                assertThat(split.range(part).first()).isEqualTo(next);
                assertThat(split.range(part).count()).isPositive();
                next = split.range(part).end();
            }
            assertThat(next - 1 + 24).isEqualTo(slots);
        }
    }

    @Test
    void saysHowManySlotsSuffice() {
        for (int slots : new int[] {1, 24, 28, 31}) {
            Series series = ofLength(slots);

            // Then
            assertThatThrownBy(() -> ChronologicalSplit.of(series))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("network made-up: " + slots + " slots are too short a span for windows of 12 + 12 slots"
                            + " in three parts; at least 32 always suffice");
        }
    }

    @Test
    void partsHaveTheNamesOfTheCommandLine() {
        // Then
        assertThat(Part.values()).extracting(Part::label).containsExactly("train", "validation", "test");
    }
}
