package dev.headwater.streams;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.ModelAssembly;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelFile;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.network.SensorNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The versions of a network's model on the topic and in a registry. Artefacts that are damaged or do not fit
/// are never returned; the stream refuses them too.
public final class ModelHistory {

    private static final Logger LOG = LoggerFactory.getLogger(ModelHistory.class);

    private final SensorNetwork network;
    private final NavigableMap<Integer, Artefact> onTopic = new TreeMap<>();
    private final NavigableMap<Integer, Path> inRegistry = new TreeMap<>();
    private @Nullable ForecastModel active;

    private ModelHistory(SensorNetwork network) {
        this.network = network;
    }

    /// Reads the registry and all records that are on the topic now.
    ///
    /// @throws InvalidInputException when no broker answers
    public static ModelHistory read(ClientConfig client, SensorNetwork network, Path registry) {
        ModelHistory history = new ModelHistory(network);
        for (ModelRegistry.Entry entry : new ModelRegistry(registry).list()) {
            if (entry.network().equals(network.name())) {
                history.inRegistry.put(entry.version(), entry.file());
            }
        }
        TopicAdmin.ensure(client, List.of(Topics.models()));
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (ModelAssembly assembly = new ModelAssembly(network.name(), temporary);
                TopicReader reader = TopicReader.open(client, Topics.MODELS)) {
            reader.drain(record -> {
                ModelAssembly.Arrival arrival = assembly.take(record.key(), record.offset(), record.value());
                if (arrival != null) {
                    history.take(arrival);
                }
            });
        }
        return history;
    }

    private void take(ModelAssembly.Arrival arrival) {
        try {
            Artefact artefact = arrival.artefact();
            ForecastModel model = ModelFile.read(artefact);
            ServedModel.underKey(model, network, artefact.source());
            onTopic.put(model.manifest().version(), artefact);
            active = model;
        } catch (InvalidInputException e) {
            LOG.debug("left out: {}", e.getMessage());
        }
    }

    private ForecastModel active() {
        if (active == null) {
            throw new InvalidInputException("network " + network.name() + ": no model is active on " + Topics.MODELS
                    + ", so there is nothing to roll back; `headwater models publish` puts one there");
        }
        return active;
    }

    /// `name@version` of the newest model on the topic.
    ///
    /// @throws InvalidInputException when there is none
    public String activeId() {
        return active().manifest().id();
    }

    /// The highest version below the active one.
    ///
    /// @throws InvalidInputException when there is none
    public int beforeActive() {
        int now = active().manifest().version();
        for (int before : known().headSet(now, false).descendingSet()) {
            if (onTopic.containsKey(before) || canBeRead(before)) {
                return before;
            }
        }
        throw new InvalidInputException("network " + network.name() + ": no version below the active " + activeId()
                + " on " + Topics.MODELS + " or in the registry that can be read, found " + known()
                + ": name a version, or another registry");
    }

    private boolean canBeRead(int number) {
        try {
            fromRegistry(number);
            return true;
        } catch (InvalidInputException e) {
            LOG.warn("network {}: version {} is passed over: {}", network.name(), number, e.getMessage());
            return false;
        }
    }

    private TreeSet<Integer> known() {
        TreeSet<Integer> known = new TreeSet<>(onTopic.keySet());
        known.addAll(inRegistry.keySet());
        return known;
    }

    /// A version, from the topic if it is there, since that artefact has served.
    ///
    /// @throws InvalidInputException when no version has that number, or it is damaged or does not fit
    public Artefact version(int number) {
        active();
        Artefact found = onTopic.get(number);
        return found == null ? fromRegistry(number) : found;
    }

    private Artefact fromRegistry(int number) {
        Path file = inRegistry.get(number);
        if (file == null) {
            throw new InvalidInputException("network " + network.name() + ": version must be one on " + Topics.MODELS
                    + " or in the registry, " + known() + ", found " + number);
        }
        Artefact artefact = ModelRegistry.artefact(file);
        ServedModel.read(artefact, network);
        return artefact;
    }
}
