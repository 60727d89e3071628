package dev.headwater.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.window.WindowBatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    private static final SensorNetwork NETWORK = NetworkFile.load("pems-bay");

    private final ServedModel real = ServedModel.of(Artefacts.model(NETWORK, 1, 2), NETWORK);
    private final List<Integer> batches = new ArrayList<>(); // windows of each

    /// The real model, which records its batches.
    private ServedModel noting(Runnable first) {
        Forecaster forecaster = real.forecaster();
        return new ServedModel(
                new Forecaster() {
                    @Override
                    public String name() {
                        return forecaster.name();
                    }

                    @Override
                    public int horizon() {
                        return forecaster.horizon();
                    }

                    @Override
                    public void forecast(WindowBatch batch, float[] out) {
                        first.run();
                        batches.add(batch.count());
                        forecaster.forecast(batch, out);
                    }
                },
                real.table(),
                real.seasonalStates());
    }

    @Test
    void takesEveryPathOfTheKernelsManyTimes() {
        // When
        WarmUp.run(noting(() -> {}), NETWORK, () -> false);
        // Then
        assertThat(batches).contains(1, 12, 24, 64).hasSizeGreaterThanOrEqualTo(4 * 30);
    }

    @Test
    void endsAtOnceWhenItIsStopped() {
        // When
        WarmUp.run(noting(() -> {}), NETWORK, () -> true);
        // Then
        assertThat(batches).hasSize(1);
    }

    @Test
    void leavesAModelThatFailsToTheStream() {
        // Given
        ServedModel broken = noting(() -> {
            throw new IllegalStateException("test");
        });
        // When / Then
        assertThatCode(() -> WarmUp.run(broken, NETWORK, () -> false)).doesNotThrowAnyException();
    }
}
