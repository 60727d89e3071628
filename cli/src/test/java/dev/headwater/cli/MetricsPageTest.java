package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bus.ClientConfig;
import dev.headwater.forecasting.baseline.Persistence;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.streams.ForecastTopology;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.KafkaPulse;
import dev.headwater.streams.ModelFollower;
import dev.headwater.streams.ProcessMetrics;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StreamMetrics;
import dev.headwater.streams.StreamSettings;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.service.ServiceSettings;
import dev.headwater.trainer.service.TrainerService;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docs/metrics.md lists exactly the metrics that `serve` and the trainer service report.
class MetricsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final Pattern LISTED = Pattern.compile("^\\| `([a-z0-9_]+)`", Pattern.MULTILINE);
    private static final Pattern REPORTED = Pattern.compile("^# TYPE ([a-z0-9_]+) ", Pattern.MULTILINE);
    private static final String OWN = "headwater_";

    @TempDir
    private Path folder;

    @Test
    void pageAndRegistryAgree() throws IOException {
        // Given
        SensorNetwork network = NetworkFile.load("pems-bay");
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ProcessMetrics.bind(registry).close();
        StreamSettings nowhere =
                StreamSettings.of(ClientConfig.of("localhost:1"), "app", Path.of("state"), Guarantee.AT_LEAST_ONCE);
        ServedModel model = new ServedModel(new Persistence(12, 5), null, SeasonalStates.of(network));
        for (SensorNetwork one : List.of(network, NetworkFile.load("speech"))) {
            ForecastTopology.build(one, () -> model, nowhere, new StreamMetrics(registry, one.name()));
        }
        ModelFollower.start(nowhere, network, model, registry).close();
        KafkaPulse.start(nowhere, network.name(), registry).close();
        ServiceSettings training = new ServiceSettings(
                network, TrainingSettings.DEFAULT, folder, nowhere.client(), null, null, 0.01, null);
        TrainerService trainer = new TrainerService(
                training,
                through -> {
                    throw new AssertionError();
                },
                registry,
                Clock.systemUTC());

        // When
        Set<String> reported = names(REPORTED, registry.scrape());
        Set<String> listed = names(LISTED, Files.readString(PAGE));

        // Then
        assertThat(listed).as("metrics of the registry are listed").containsAll(reported);
        assertThat(own(reported))
                .as("listed metrics of ours are in the registry")
                .isEqualTo(own(listed));
        assertThat(own(reported)).hasSizeGreaterThan(10);
        assertThat(reported).contains("process_uptime_seconds", "jvm_memory_used_bytes");
        assertThat(registry.scrape())
                .contains("headwater_inference_seconds_bucket{")
                .contains("headwater_latency_seconds_bucket{")
                .contains("word=\"stop\"")
                .contains("headwater_window_observed_ratio_bucket{")
                .contains("reason=\"out-of-range\"");
        assertThat(trainer.isRunning()).isFalse();
        assertThat(registry.scrape()).as("no sensor is a label").doesNotContain("sensor=");
    }

    private static Set<String> own(Set<String> names) {
        return names.stream().filter(name -> name.startsWith(OWN)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Pattern pattern, String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
