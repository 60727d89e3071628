package dev.headwater.streams;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.WindowBatch;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes forecasts that nobody reads while a stream starts. Vector kernels that the JVM has not compiled yet
/// are many times slower: an instance that never forecast, such as a standby, would fall behind when it takes
/// over sensors.
final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int[] BATCHES = {1, 12, 24, 64}; // windows, ascending: alone, and in tiles of different widths
    private static final int MIN_ROUNDS = 30;
    private static final Duration MIN = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofSeconds(10);

    private WarmUp() {}

    /// Takes 1 to 10 s, longer on a slow machine.
    ///
    /// @param stopped asked after each batch
    static void run(ServedModel model, SensorNetwork network, BooleanSupplier stopped) {
        List<WindowBatch> batches = Arrays.stream(BATCHES)
                .mapToObj(windows -> batch(network, windows))
                .toList();
        float[] values =
                new float[BATCHES[BATCHES.length - 1] * network.window().horizon()]; // [window][horizon]
        long begun = System.nanoTime();
        try {
            for (int round = 0; isDue(round, System.nanoTime() - begun); round++) {
                for (WindowBatch batch : batches) {
                    model.forecaster().forecast(batch, values);
                    if (stopped.getAsBoolean()) {
                        return;
                    }
                }
            }
        } catch (RuntimeException e) { // the stream itself handles a model that fails
            LOG.debug("network {}: warming up failed", network.name(), e);
        }
    }

    private static boolean isDue(int round, long nanos) {
        return nanos < MIN.toNanos() || (round < MIN_ROUNDS && nanos < MAX.toNanos());
    }

    private static WindowBatch batch(SensorNetwork network, int windows) {
        WindowBatch batch = new WindowBatch(network, windows, History.NONE);
        float[] window =
                new float[network.window().lookback() * network.measures().size()]; // [lookback][measure]
        long now = network.clock().slotOf(System.currentTimeMillis());
        for (int i = 0; i < windows; i++) {
            batch.add("", now, window);
        }
        return batch;
    }
}
