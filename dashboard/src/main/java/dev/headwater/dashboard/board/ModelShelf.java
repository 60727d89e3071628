package dev.headwater.dashboard.board;

import dev.headwater.bus.ModelAssembly;
import dev.headwater.bus.ModelRole;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelFile;
import dev.headwater.forecasting.network.SensorNetwork;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The models of a network on the models topic: their cards, and what the champion knows of each sensor's usual
/// day. Artefacts that are damaged or do not fit are passed over, as in the stream. Not thread-safe.
final class ModelShelf implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ModelShelf.class);
    private static final int MAX_CARDS = 50;

    private final SensorNetwork network;
    private final ModelAssembly champions;
    private final ModelAssembly challengers;
    private final Map<String, String> cards = new LinkedHashMap<>(); // by artefact, oldest first
    private @Nullable Shelved champion;
    private @Nullable Shelved challenger;
    private @Nullable UsualDay usual;

    /// A model on the topic.
    ///
    /// @param id       `name@version`
    /// @param artefact first digits of the SHA-256
    public record Shelved(String id, String artefact) {}

    ModelShelf(SensorNetwork network) {
        this.network = network;
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        this.champions = new ModelAssembly(ModelRole.CHAMPION.key(network.name()), folder);
        this.challengers = new ModelAssembly(ModelRole.CHALLENGER.key(network.name()), folder);
    }

    /// @return whether champion or challenger may have changed
    boolean take(String key, long offset, byte @Nullable [] value) {
        ModelAssembly.Arrival first = champions.take(key, offset, value);
        if (first != null) {
            read(first).ifPresent(model -> {
                champion = shelve(model);
                usual = new UsualDay(model.model.seasonalStates());
            });
        }
        ModelAssembly.Arrival second = challengers.take(key, offset, value);
        if (second != null) {
            challenger = read(second).map(this::shelve).orElse(second.isDeletion() ? null : challenger);
        }
        return first != null || second != null;
    }

    private record Read(ForecastModel model, Artefact artefact) {}

    private Optional<Read> read(ModelAssembly.Arrival arrival) {
        if (arrival.isDeletion()) {
            return Optional.empty();
        }
        try {
            Artefact artefact = arrival.artefact();
            ForecastModel model = ModelFile.read(artefact);
            model.requireOf(network, arrival.source());
            return Optional.of(new Read(model, artefact));
        } catch (InvalidInputException e) {
            LOG.warn("model passed over: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private Shelved shelve(Read read) {
        String identity = read.artefact.identity();
        cards.put(identity, read.model.card());
        if (cards.size() > MAX_CARDS) {
            cards.remove(cards.keySet().iterator().next());
        }
        return new Shelved(read.model.manifest().id(), identity);
    }

    @Nullable
    Shelved champion() {
        return champion;
    }

    /// The model that forecasts in the shadow; null when there is none, or it is the champion already.
    @Nullable
    Shelved challenger() {
        Shelved found = challenger;
        return found == null || found.equals(champion) ? null : found;
    }

    /// Artefacts whose cards are there.
    Set<String> cards() {
        return cards.keySet();
    }

    /// A model card as Markdown.
    Optional<String> card(String artefact) {
        return Optional.ofNullable(cards.get(artefact));
    }

    /// What the champion knows of usual days.
    Optional<UsualDay> usual() {
        return Optional.ofNullable(usual);
    }

    @Override
    public void close() {
        champions.close();
        challengers.close();
    }
}
