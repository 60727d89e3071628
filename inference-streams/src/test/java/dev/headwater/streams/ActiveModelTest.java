package dev.headwater.streams;

import static dev.headwater.streams.StreamFixture.NETWORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.bus.ModelAssembly;
import dev.headwater.forecasting.artefact.Resealed;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class ActiveModelTest {

    private static final String NAME = NETWORK.name();

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ActiveModel model = with(served(1));

    private ActiveModel with(@Nullable ServedModel starting) {
        return new ActiveModel(NETWORK, starting, new ModelMetrics(registry, NAME));
    }

    private static ServedModel served(int version) {
        return ServedModel.of(Artefacts.model(NETWORK, version, 2), NETWORK);
    }

    private static byte[] artefact(int version) {
        return Artefacts.of(NETWORK, version, 2);
    }

    private void offer(ActiveModel to, @Nullable String key, long offset, byte @Nullable [] value) {
        ModelAssembly.Arrival arrival = Artefacts.arrival(NAME, key, offset, value);
        if (arrival != null) {
            to.offer(arrival);
        }
    }

    private double refused() {
        return registry.get("headwater.models.refused").counter().count();
    }

    private List<String> infoLines() {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith("headwater_model_info"))
                .toList();
    }

    @Test
    void nothingChangesBeforeItIsChosen() {
        // Given
        offer(model, NAME, 0, artefact(2));

        // When
        String before = model.get().id();
        model.choose();

        // Then
        assertThat(before).isEqualTo("seq2seq-gru@1");
        assertThat(model.get().id()).isEqualTo("seq2seq-gru@2");
    }

    @Test
    void ofSeveralTheNewestSoundOneServes() {
        // Given
        offer(model, NAME, 0, artefact(2));
        offer(model, NAME, 1, artefact(3));
        offer(model, NAME, 2, Artefacts.damaged(artefact(4)));

        // When
        model.choose();

        // Then
        assertThat(model.get().id()).isEqualTo("seq2seq-gru@3");
        assertThat(refused()).isEqualTo(1);
    }

    @Test
    void theNewestRecordWinsNotTheHighestVersion() {
        // Given
        offer(model, NAME, 0, artefact(5));
        model.choose();

        // When
        offer(model, NAME, 1, artefact(4));
        model.choose();

        // Then
        assertThat(model.get().id()).isEqualTo("seq2seq-gru@4");
    }

    @Test
    void aModelOfAnotherNetworkIsPassedOver() {
        // Given
        offer(model, "other-town", 0, artefact(2));
        offer(model, null, 1, artefact(2));

        // When
        model.choose();

        // Then
        assertThat(model.get().id()).isEqualTo("seq2seq-gru@1");
        assertThat(refused()).isZero();
    }

    @Test
    void aModelOfOtherSensorsServes() {
        // Given
        offer(model, NAME, 0, Artefacts.of(NETWORK, 7, 5));

        // When
        model.choose();

        // Then
        assertThat(model.get().id()).isEqualTo("seq2seq-gru@7");
    }

    static Stream<Arguments> misfits() {
        byte[] sound = artefact(2);
        return Stream.of(
                Arguments.of("deleted", null),
                Arguments.of("empty", new byte[0]),
                Arguments.of("text", "a model".getBytes(StandardCharsets.UTF_8)),
                Arguments.of(
                        "the end of parts that never came",
                        ("headwater-parts/1 " + "0".repeat(64) + " 1000 2").getBytes(StandardCharsets.UTF_8)),
                Arguments.of("a flipped bit", Artefacts.damaged(sound)),
                Arguments.of("cut short", Arrays.copyOf(sound, sound.length - 1)),
                Arguments.of("another interval", other(Duration.ofMinutes(5), "speed", new WindowSpec(3, 2))),
                Arguments.of("another window", other(Duration.ofMinutes(1), "speed", new WindowSpec(4, 2))),
                Arguments.of("another horizon", other(Duration.ofMinutes(1), "speed", new WindowSpec(3, 3))),
                Arguments.of("nonsense: the band", nonsense("band.lower")),
                Arguments.of("nonsense: the deviation", nonsense("deviation")),
                Arguments.of("of another network", ofAnotherNetwork()),
                Arguments.of("another measure", other(Duration.ofMinutes(1), "flow", new WindowSpec(3, 2))));
    }

    private static byte[] nonsense(String what) {
        return what.equals("deviation")
                ? Resealed.json(
                        artefact(2),
                        "scaler.json",
                        scaler -> scaler.putArray("deviation").add(0))
                : Resealed.json(
                        artefact(2),
                        "manifest.json",
                        manifest -> ((ObjectNode) manifest.get("band"))
                                .putArray("lower")
                                .add(1));
    }

    /// Fits, except that its key on the topic is another network's.
    private static byte[] ofAnotherNetwork() {
        return Resealed.json(
                artefact(2), "manifest.json", manifest -> ((ObjectNode) manifest.get("network")).put("name", "aarhus"));
    }

    private static byte[] other(Duration interval, String measure, WindowSpec window) {
        SensorNetwork other = new NetworkBuilder(NAME)
                .interval(interval)
                .measures(List.of(new Measure(measure, "mph", 0f)))
                .window(window)
                .gap(NETWORK.gap())
                .build();
        return Artefacts.of(other, 2, 2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misfits")
    void whatIsDamagedOrDoesNotFitIsRefusedAndTheOldOneGoesOn(String what, byte @Nullable [] artefact) {
        // Given
        offer(model, NAME, 0, artefact);

        // When
        model.choose();

        // Then
        assertThat(model.get().id()).as(what).isEqualTo("seq2seq-gru@1");
        assertThat(refused()).isEqualTo(1);
        model.choose();
        assertThat(refused()).as("looked at once").isEqualTo(1);
    }

    @Test
    void oneThatFailsInServiceMakesRoomForTheOneBefore() {
        // Given
        offer(model, NAME, 0, artefact(2));
        model.choose();
        ServedModel failing = model.get();

        // When several threads report it
        model.failed(failing, new IllegalStateException("test"));
        model.failed(failing, new IllegalStateException("test"));

        // Then
        assertThat(model.get().id()).isEqualTo("seq2seq-gru@1");
        assertThat(infoLines()).singleElement().asString().contains("model=\"seq2seq-gru@1\"");

        // When the previous model fails as well
        model.failed(model.get(), new IllegalStateException("test"));

        // Then it stays until another one comes, which has no previous model
        assertThat(model.get().id()).isEqualTo("seq2seq-gru@1");
        offer(model, NAME, 1, artefact(3));
        model.choose();
        assertThat(model.get().id()).isEqualTo("seq2seq-gru@3");
        model.failed(model.get(), new IllegalStateException("test"));
        assertThat(model.get().id()).isEqualTo("seq2seq-gru@3");
        assertThat(registry.get("headwater.models.failed").counter().count()).isEqualTo(4);
    }

    @Test
    void withoutAModelThereIsNothingToServe() {
        // Given
        ActiveModel none = with(null);

        // When
        offer(none, NAME, 0, new byte[10]);
        none.choose();

        // Then
        assertThat(none.isPresent()).isFalse();
        assertThatThrownBy(none::get).isInstanceOf(IllegalStateException.class).hasMessageContaining(NAME);
    }

    @Test
    void theMetricNamesTheModelInServiceAndNoOther() {
        // Given
        List<String> before = infoLines();
        offer(model, NAME, 0, artefact(2));

        // When
        model.choose();

        // Then
        assertThat(before)
                .singleElement()
                .asString()
                .contains("model=\"seq2seq-gru@1\"")
                .endsWith(" 1");
        assertThat(infoLines())
                .singleElement()
                .asString()
                .contains("model=\"seq2seq-gru@2\"")
                .endsWith(" 1");
    }
}
