package dev.headwater.streams;

import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.bus.WritableFolder;
import dev.headwater.forecasting.network.SensorNetwork;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The stream of a network as a service: it follows the models, answers probes, waits for a first model, and
/// turns readings into forecasts until it is asked to stop.
public final class StreamService {

    private static final Duration LOOK = Duration.ofMillis(50);

    private final SensorNetwork network;
    private final int partitions;
    private final @Nullable ServedModel starting;
    private final StreamSettings settings;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicReference<@Nullable StreamApp> running = new AtomicReference<>();

    /// The address of the endpoints.
    ///
    /// @param port       0 for any free one
    /// @param advertised where other instances reach them; null for this address unless it is a loopback one
    public record Endpoints(String host, int port, @Nullable HostPort advertised) {

        /// @param opened the port
        @Nullable
        HostPort reachable(int opened) {
            if (advertised != null) {
                return advertised;
            }
            InetAddress address = new InetSocketAddress(host, opened).getAddress();
            if (address == null || address.isLoopbackAddress()) {
                return null;
            }
            return new HostPort(address.isAnyLocalAddress() ? StreamSettings.host() : host, opened);
        }
    }

    private StreamService(
            SensorNetwork network, int partitions, @Nullable ServedModel starting, StreamSettings settings) {
        this.network = network;
        this.partitions = partitions;
        this.starting = starting;
        this.settings = settings;
    }

    /// Creates the state folder and the topics that are missing. This needs no model: readings that arrive
    /// before the first model wait on their topic.
    ///
    /// @param partitions number for topics that are missing
    /// @param starting   the model to start with; null to wait for the first one on the topic
    /// @throws dev.headwater.forecasting.InvalidInputException when the folder cannot be written, or Kafka is gone
    public static StreamService prepare(
            SensorNetwork network, int partitions, @Nullable ServedModel starting, StreamSettings settings) {
        WritableFolder.require(settings.stateDir());
        StreamService service = new StreamService(network, partitions, starting, settings);
        TopicAdmin.ensure(settings.client(), Topics.of(network).specs(partitions));
        return service;
    }

    /// Runs once, until it is asked to stop or the stream has stopped, and throws what stopped it.
    ///
    /// @param stopping waits at most the given time, and is true when asked to stop
    /// @param started  receives the model in service and the port of the endpoints once the stream was started
    /// @param notice   receives lines on how many sensors have a full window, and on the past
    /// @throws dev.headwater.forecasting.InvalidInputException when the port is taken, no broker answers, or
    ///     another instance has taken this one's place
    public void run(
            Endpoints endpoints,
            Predicate<Duration> stopping,
            ObjIntConsumer<ServedModel> started,
            Consumer<String> notice) {
        try (KafkaPulse pulse = KafkaPulse.start(settings, network.name(), registry);
                ProcessMetrics process = ProcessMetrics.bind(registry);
                ModelFollower models = ModelFollower.start(settings, network, starting, registry);
                HealthEndpoints health = HealthEndpoints.start(
                        endpoints.host(),
                        endpoints.port(),
                        registry,
                        this::isAlive,
                        () -> isReady() && models.isFollowing() && pulse.isConnected(),
                        new SensorPages(network, running::get).routes())) {
            if (StartingModel.await(network, models, stopping)) {
                HostPort own = endpoints.reachable(health.port());
                serve(models, own, stopping, model -> started.accept(model, health.port()), notice);
            }
        }
    }

    private void serve(
            ModelFollower models,
            @Nullable HostPort own,
            Predicate<Duration> stopping,
            Consumer<ServedModel> started,
            Consumer<String> notice) {
        try (StreamApp app = StreamApp.start(network, partitions, models, settings, own, registry)) {
            running.set(app);
            started.accept(models.get());
            // Runs while the stream joins the group and restores its state.
            WarmUp.run(models.get(), network, () -> stopping.test(Duration.ZERO));
            awaitEnd(app, stopping, notice);
        }
    }

    private boolean isAlive() {
        StreamApp app = running.get();
        return app == null || app.isAlive();
    }

    private boolean isReady() {
        StreamApp app = running.get();
        return app != null && app.isReady();
    }

    private void awaitEnd(StreamApp app, Predicate<Duration> stopping, Consumer<String> notice) {
        FullWindows windows = new FullWindows(network, registry, System::nanoTime, notice);
        BackfillLines past = new BackfillLines(settings.past(), registry, System::nanoTime, notice);
        boolean asked = false;
        while (!asked && !app.stopped().isDone()) {
            if (app.isReady()) { // its state is restored, with the stored windows
                windows.look();
                past.look();
            }
            asked = stopping.test(LOOK);
        }
        if (!asked) {
            throwWhatStopped(app);
        }
    }

    private static void throwWhatStopped(StreamApp app) {
        try {
            app.stopped().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
