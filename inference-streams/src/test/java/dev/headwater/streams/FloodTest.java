package dev.headwater.streams;

import static dev.headwater.streams.StreamFixture.NETWORK;
import static dev.headwater.streams.StreamFixture.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bus.DeadLetterReason;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.SensorNetwork;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Made-up ids, and sensors that fell silent.
class FloodTest {

    private static final int IDS = Integer.getInteger("headwater.flood.ids", 20_000);
    private static final long MEMORY = 1 << 20;

    @TempDir
    private Path folder;

    private StreamFixture stream(SensorNetwork network, StatePolicy policy) {
        return new StreamFixture(StreamFixture.settings(folder, 1).with(policy), network);
    }

    private static StatePolicy forgettingAfter(Duration time) {
        return new StatePolicy(StatePolicy.Place.MEMORY, MEMORY, time);
    }

    @Test
    void aFloodOfMadeUpIdsFillsTheBudgetAndNoMoreAndKnownSensorsGoOn() {
        try (StreamFixture stream = stream(NETWORK, forgettingAfter(Duration.ofDays(1)))) {
            // Given ten sensors with full windows
            for (int slot = 0; slot < 3; slot++) {
                readings(stream, slot);
            }
            int before = stream.forecasts().size();

            // When
            long[] inUse = new long[2];
            for (int id = 0; id < IDS; id++) {
                stream.reading("made-up-" + id, SLOT + 3, 1);
                if (id % 5_000 == 0) {
                    stream.deadLetters(); // the driver keeps them
                }
                if (id == IDS / 2) {
                    inUse[0] = heap();
                }
            }
            stream.deadLetters();
            inUse[1] = heap();
            readings(stream, 3);

            // Then
            assertThat(before).isEqualTo(10);
            assertThat(stream.forecasts()).hasSize(10);
            stream.letReportBeMade();
            assertThat(stream.gauge("headwater.state.heap")).isBetween(0.9 * MEMORY, 1.0 * MEMORY);
            assertThat(stream.deadLetters(DeadLetterReason.TOO_MANY_SENSORS)).isBetween(IDS - 10_000.0, IDS - 1_000.0);
            System.out.printf(
                    "flood: %,d made-up ids; heap in use %d MiB after half of them, %d MiB in the end%n",
                    IDS, inUse[0] >> 20, inUse[1] >> 20);
            assertThat(inUse[1] - inUse[0]).isLessThan(16 << 20);
        }
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void readings(StreamFixture stream, int slot) {
        for (int s = 0; s < 10; s++) {
            stream.reading("s" + s, SLOT + slot, 50);
        }
    }

    @Test
    void sensorsThatWentSilentBeforeTheirFirstFullWindowMakeRoom() {
        // Given room for two, taken by a sensor with a full window and a made-up id
        SensorNetwork two = NetworkBuilder.like(NETWORK).maxSensors(2).build();
        try (StreamFixture stream = stream(two, forgettingAfter(Duration.ofDays(1)))) {
            for (int slot = 0; slot < 3; slot++) {
                stream.reading("s", SLOT + slot, 50);
            }
            stream.reading("made-up", SLOT, 1);

            // When a third one comes at once, and again after two intervals
            stream.reading("new", SLOT, 1);
            double refused = stream.deadLetters(DeadLetterReason.TOO_MANY_SENSORS);
            stream.pass(Duration.ofMinutes(3));
            stream.reading("new", SLOT, 1);

            // Then it takes the place of the made-up one
            assertThat(refused).isEqualTo(1);
            assertThat(stream.deadLetters(DeadLetterReason.TOO_MANY_SENSORS)).isEqualTo(1);
            assertThat(stream.sensors().find("new", stream.sensors().view())).isNotNull();
            assertThat(stream.sensors().find("made-up", stream.sensors().view()))
                    .isNull();
            assertThat(stream.sensors().find("s", stream.sensors().view())).isNotNull();
        }
    }

    @Test
    void aSensorIsForgottenWhenItIsFarBehindTheOthers() {
        // Given four sensors
        try (StreamFixture stream = stream(NETWORK, forgettingAfter(Duration.ofMinutes(30)))) {
            for (int slot = 0; slot < 4; slot++) {
                for (String sensor : new String[] {"a", "b", "c", "silent"}) {
                    stream.reading(sensor, SLOT + slot, 50);
                }
            }
            stream.reading("newcomer", SLOT, 50);

            // When three go on for forty minutes
            for (int slot = 4; slot < 44; slot++) {
                for (String sensor : new String[] {"a", "b", "c"}) {
                    stream.reading(sensor, SLOT + slot, 50);
                }
            }
            stream.letReportBeMade();
            stream.pass(Duration.ofMinutes(4));

            // Then the others are gone
            assertThat(stream.sensors().size()).isEqualTo(3);
            assertThat(stream.gauge("headwater.sensors.known")).isEqualTo(3);
            assertThat(forgotten(stream, "silent")).isEqualTo(1);
            assertThat(forgotten(stream, "newcomer")).isEqualTo(1);
        }
    }

    private static double forgotten(StreamFixture stream, String reason) {
        return stream.registry()
                .get("headwater.sensors.forgotten")
                .tag("reason", reason)
                .counter()
                .count();
    }
}
