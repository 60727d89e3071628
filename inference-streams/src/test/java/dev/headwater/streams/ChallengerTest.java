package dev.headwater.streams;

import static dev.headwater.streams.StreamFixture.NETWORK;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bus.ModelRole;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChallengerTest {

    private static final String CHAMPION = ModelRole.CHAMPION.key(NETWORK.name());
    private static final String CHALLENGER = ModelRole.CHALLENGER.key(NETWORK.name());

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ActiveModel models = new ActiveModel(
            NETWORK,
            ServedModel.of(Artefacts.model(NETWORK, 1, 2), NETWORK),
            new ModelMetrics(registry, NETWORK.name()));

    private void champion(int version) {
        models.offer(requireNonNull(Artefacts.arrival(CHAMPION, CHAMPION, 0, Artefacts.of(NETWORK, version, 2))));
        models.choose();
    }

    private void challenger(byte @Nullable [] value) {
        models.offerChallenger(requireNonNull(Artefacts.arrival(CHALLENGER, CHALLENGER, 0, value)));
        models.choose();
    }

    private static byte[] artefact(int version) {
        return Artefacts.of(NETWORK, version, 2);
    }

    private @Nullable String challenging() {
        ServedModel model = models.challenger();
        return model == null ? null : model.id();
    }

    private List<String> lines(String metric) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith(metric + "{"))
                .toList();
    }

    @Test
    void standsBesideTheModelInServiceUntilItIsWithdrawn() {
        // When
        challenger(artefact(2));

        // Then
        assertThat(challenging()).isEqualTo("seq2seq-gru@2");
        assertThat(models.get().id()).isEqualTo("seq2seq-gru@1");
        assertThat(lines("headwater_models_challenger"))
                .singleElement()
                .asString()
                .contains(
                        "model=\"seq2seq-gru@2\"",
                        "artefact=\"" + requireNonNull(models.challenger()).artefact());

        // When
        challenger(null);

        // Then
        assertThat(challenging()).isNull();
        assertThat(lines("headwater_models_challenger"))
                .singleElement()
                .asString()
                .contains("model=\"\"")
                .endsWith(" 0.0");
    }

    @Test
    void endsWhenItBecomesTheModelInService() {
        // Given
        challenger(artefact(2));

        // When another version comes into service, then it stays
        champion(3);
        assertThat(challenging()).isEqualTo("seq2seq-gru@2");

        // When it comes into service itself, then it ends, and it does not come back
        champion(2);
        assertThat(models.get().id()).isEqualTo("seq2seq-gru@2");
        assertThat(challenging()).isNull();
        challenger(artefact(2));
        assertThat(challenging()).isNull();
    }

    @Test
    void aDamagedOneIsRefused() {
        // Given
        challenger(artefact(2));

        // When
        challenger(Artefacts.damaged(artefact(3)));

        // Then it is not the older one that goes on: that is no longer on the topic
        assertThat(challenging()).isNull();
        assertThat(registry.get("headwater.models.refused").counter().count()).isEqualTo(1);
    }

    @Test
    void oneThatFailsIsDroppedAndTheModelInServiceGoesOn() {
        // Given
        challenger(artefact(2));
        ServedModel failing = requireNonNull(models.challenger());

        // When several threads report it
        models.challengerFailed(failing, new IllegalStateException("test"));
        models.challengerFailed(failing, new IllegalStateException("test"));

        // Then
        assertThat(challenging()).isNull();
        assertThat(models.get().id()).isEqualTo("seq2seq-gru@1");
        assertThat(registry.get("headwater.models.challenger.failed").counter().count())
                .isEqualTo(1);

        // When a late report of it comes after its successor, then that stays
        challenger(artefact(3));
        models.challengerFailed(failing, new IllegalStateException("test"));
        assertThat(challenging()).isEqualTo("seq2seq-gru@3");
    }

    /// Registries count their versions independently.
    @Test
    void modelsOfTheSameVersionAreToldApartByTheirArtefacts() {
        // Given
        champion(3);
        challenger(Artefacts.of(NETWORK, 3, 5));

        // Then
        ServedModel other = requireNonNull(models.challenger());
        assertThat(other.id()).isEqualTo(models.get().id());
        assertThat(other.artefact())
                .matches("[0-9a-f]{12}")
                .isNotEqualTo(models.get().artefact());
        assertThat(other.label()).isEqualTo(other.id() + " (" + other.artefact() + ")");
    }
}
