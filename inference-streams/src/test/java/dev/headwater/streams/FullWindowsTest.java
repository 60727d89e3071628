package dev.headwater.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FullWindowsTest {

    private final AtomicInteger known = new AtomicInteger();
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> lines = new ArrayList<>();

    private FullWindows windows(String network) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        registry.gauge(StreamMetrics.KNOWN, known);
        registry.gauge(StreamMetrics.READY, ready);
        SensorNetwork definition = NetworkFile.load(network);
        return new FullWindows(definition, registry, nanos::get, lines::add);
    }

    private void look(FullWindows windows, int knownNow, int readyNow, Duration later) {
        known.set(knownNow);
        ready.set(readyNow);
        nanos.addAndGet(later.toNanos());
        windows.look();
    }

    @Test
    void saysHowManyWindowsAreFullWheneverThatChangedAndEndsWithTheLast() {
        // Given
        FullWindows windows = windows("pems-bay");

        // When
        look(windows, 0, 0, Duration.ZERO);
        look(windows, 325, 0, Duration.ofSeconds(1));
        look(windows, 325, 0, Duration.ofSeconds(4));
        look(windows, 325, 0, Duration.ofMinutes(50));
        look(windows, 325, 17, Duration.ofSeconds(6));
        look(windows, 325, 325, Duration.ofSeconds(6));
        look(windows, 326, 325, Duration.ofMinutes(5));

        // Then
        assertThat(lines)
                .containsExactly(
                        "no sensor has reported yet; forecasts come 55 min after a sensor's first reading",
                        "0 of 325 sensors have a full window; forecasts come 55 min after a sensor's first reading",
                        "17 of 325 sensors have a full window and get forecasts",
                        "325 of 325 sensors have a full window: all get forecasts");
    }

    @Test
    void sensorsThatTheNetworkListsCountBeforeTheyReport() {
        // When
        look(windows("jena"), 0, 0, Duration.ZERO);

        // Then
        assertThat(lines)
                .containsExactly(
                        "0 of 1 sensor has a full window; forecasts come 119 h after a sensor's first reading");
    }

    @Test
    void aStreamThatTookUpItsWindowsSaysOneLine() {
        // Given
        FullWindows windows = windows("pems-bay");

        // When
        look(windows, 16, 16, Duration.ZERO);
        look(windows, 16, 16, Duration.ofMinutes(1));

        // Then
        assertThat(lines).containsExactly("16 of 16 sensors have a full window: all get forecasts");
    }
}
