package dev.headwater.streams;

import dev.headwater.bus.Topics;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelFile;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.network.SensorNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The model that `serve` starts with. A model on the topic takes precedence over a local one.
public final class StartingModel {

    private static final Logger LOG = LoggerFactory.getLogger(StartingModel.class);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration READ_WITHIN = Duration.ofSeconds(30);

    private StartingModel() {}

    /// The named model, else the one that the local registry prefers, else null: then the first model on the
    /// topic serves.
    ///
    /// @param named its artefact, folder or pointer; null when none is named
    /// @throws InvalidInputException when the one named cannot be read, or does not fit the network
    public static @Nullable ServedModel of(@Nullable Path named, SensorNetwork network) {
        if (named != null) {
            return ServedModel.of(ModelRegistry.artefact(named), network);
        }
        for (ModelRegistry.Preferred preferred :
                new ModelRegistry(Path.of(ModelRegistry.DEFAULT_ROOT)).preferences(network.name())) {
            try {
                return of(preferred, network);
            } catch (InvalidInputException e) { // the user did not name it, and the topic may have a better one
                LOG.warn("network {}: {}, is passed over: {}", network.name(), preferred.reason(), e.getMessage());
            }
        }
        return null;
    }

    /// Logs the model before checking that it fits.
    private static ServedModel of(ModelRegistry.Preferred preferred, SensorNetwork network) {
        Artefact artefact = ModelRegistry.artefact(preferred.path());
        ForecastModel model = ModelFile.read(artefact);
        LOG.info(
                "network {}: starts with {} of {}, {}",
                network.name(),
                model.manifest().id(),
                preferred.path(),
                preferred.reason());
        return ServedModel.of(model, network, artefact.identity());
    }

    /// Waits until the topic was read to its end and there is a model. With a local model it waits at most 30 s
    /// for a topic that cannot be read.
    ///
    /// @param stopping waits for the given time, and is true when asked to stop
    /// @return false when asked to stop before there was one
    static boolean await(SensorNetwork network, ModelFollower models, Predicate<Duration> stopping) {
        long patience = System.nanoTime() + READ_WITHIN.toNanos();
        while (!models.isCaughtUp() && !(models.hasModel() && System.nanoTime() > patience)) {
            if (stopping.test(LOOK)) {
                return false;
            }
        }
        if (!models.hasModel()) {
            LOG.info(
                    "network {}: waiting for a model on {}; readings wait on their topic. `headwater models publish`"
                            + " puts one there",
                    network.name(),
                    Topics.MODELS);
        }
        while (!models.hasModel()) {
            if (stopping.test(LOOK)) {
                return false;
            }
        }
        return true;
    }
}
