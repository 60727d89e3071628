package dev.headwater.bus;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelFile;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.network.SensorNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The models of a network on the topic, by their role, and the versions in a registry. Artefacts that are
/// damaged or do not fit are never returned; the stream refuses them too.
public final class ModelHistory {

    private static final Logger LOG = LoggerFactory.getLogger(ModelHistory.class);

    private final SensorNetwork network;
    private final NavigableMap<Integer, Artefact> onTopic = new TreeMap<>();
    private final NavigableMap<Integer, Path> inRegistry = new TreeMap<>();
    private @Nullable Found champion;
    private @Nullable Found challenger;

    /// A model on the topic.
    public record Found(ForecastModel model, Artefact artefact) {

        /// `name@version`.
        public String id() {
            return model.manifest().id();
        }

        /// `name@version (identity)`, for people.
        public String label() {
            return id() + " (" + artefact.identity() + ")";
        }
    }

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
        String name = network.name();
        try (ModelAssembly champions = new ModelAssembly(ModelRole.CHAMPION.key(name), temporary);
                ModelAssembly challengers = new ModelAssembly(ModelRole.CHALLENGER.key(name), temporary);
                TopicReader reader = TopicReader.open(client, Topics.MODELS)) {
            reader.drain(record -> {
                history.champion(champions.take(record.key(), record.offset(), record.value()));
                history.challenger(challengers.take(record.key(), record.offset(), record.value()));
            });
        }
        return history;
    }

    /// @param arrival null for none
    private void champion(ModelAssembly.@Nullable Arrival arrival) {
        Found found = arrival == null ? null : read(arrival);
        if (found != null) {
            onTopic.put(found.model().manifest().version(), found.artefact());
            champion = found;
        }
    }

    /// @param arrival null for none
    private void challenger(ModelAssembly.@Nullable Arrival arrival) {
        if (arrival != null && arrival.isDeletion()) {
            challenger = null;
        } else if (arrival != null) {
            Found found = read(arrival);
            challenger = found == null ? challenger : found;
        }
    }

    private @Nullable Found read(ModelAssembly.Arrival arrival) {
        try {
            return read(arrival.artefact());
        } catch (InvalidInputException e) {
            LOG.debug("left out: {}", e.getMessage());
            return null;
        }
    }

    private Found read(Artefact artefact) {
        ForecastModel model = ModelFile.read(artefact);
        model.requireOf(network, artefact.source());
        return new Found(model, artefact);
    }

    /// The model in service; empty when there is none.
    public Optional<Found> champion() {
        return Optional.ofNullable(champion);
    }

    /// The model that forecasts in the shadow; empty when there is none, or it is the champion already.
    public Optional<Found> challenger() {
        Found found = challenger;
        return found == null || (champion != null && found.artefact().isSameAs(champion.artefact()))
                ? Optional.empty()
                : Optional.of(found);
    }

    private Found active() {
        if (champion == null) {
            throw new InvalidInputException("network " + network.name() + ": no model is active on " + Topics.MODELS
                    + ", so there is nothing to roll back; `headwater models publish` puts one there");
        }
        return champion;
    }

    /// `name@version` of the newest model on the topic.
    ///
    /// @throws InvalidInputException when there is none
    public String activeId() {
        return active().id();
    }

    /// The highest version below the active one.
    ///
    /// @throws InvalidInputException when there is none
    public int beforeActive() {
        int now = active().model().manifest().version();
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
        return read(ModelRegistry.artefact(file)).artefact();
    }
}
