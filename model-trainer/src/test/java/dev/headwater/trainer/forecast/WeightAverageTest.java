package dev.headwater.trainer.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class WeightAverageTest {

    @Test
    void isTheWeightedMeanOfAllUpdates() {
        // Given weights after each of 300 updates
        Random random = new Random(5);
        List<float[]> updates = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            updates.add(new float[] {(float) random.nextGaussian(), i});
        }
        WeightAverage average = new WeightAverage(0.95);
        for (int i = 0; i < updates.size(); i++) {
            // When each is added to an average that is restored from its state now and then
            if (i % 50 == 49) {
                WeightAverage again = new WeightAverage(0.95);
                again.resume(average.get(), average.updates());
                average = again;
            }
            average.add(updates.get(i));
            // Then the average is the explicit sum, with each update weighted by the decays after it
            double[] expected = new double[2];
            double left = 1;
            for (int j = i; j >= 0; j--) {
                double decay = j == 0 ? 0 : Math.min(0.95, (1.0 + j) / (10.0 + j)); // the first has full weight
                expected[0] += left * (1 - decay) * updates.get(j)[0];
                expected[1] += left * (1 - decay) * updates.get(j)[1];
                left *= decay;
            }
            assertThat((double) average.get()[0]).isCloseTo(expected[0], Offset.offset(1e-4));
            assertThat((double) average.get()[1]).isCloseTo(expected[1], Offset.offset(1e-2));
        }
    }

    @Test
    void staysAtWhatNeverChanges() {
        // When the same weights are added repeatedly, then they are the average
        WeightAverage average = new WeightAverage(0.999);
        for (int i = 0; i < 20; i++) {
            average.add(new float[] {3, -7});
        }
        assertThat(average.get()).containsExactly(3, -7);
    }
}
