package dev.headwater.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.Artefact;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModelAssemblyTest {

    private static final String NETWORK = "pems-bay";
    private static final int PART = 1_000;
    private static final byte[] WHOLE = new byte[3_500];
    private static final List<Sent> PARTS = new ArrayList<>();
    private static final Sent HEAD;

    static {
        new Random(1).nextBytes(WHOLE);
        for (int part = 0; part * PART < WHOLE.length; part++) {
            int end = Math.min(WHOLE.length, (part + 1) * PART);
            PARTS.add(new Sent(PartsHead.key(NETWORK, part), Arrays.copyOfRange(WHOLE, part * PART, end)));
        }
        String sum = Artefact.of(WHOLE, "test").sha256();
        HEAD = new Sent(NETWORK, new PartsHead(sum, WHOLE.length, PARTS.size()).encode());
    }

    @TempDir
    private Path folder;

    private ModelAssembly assembly = new ModelAssembly(NETWORK, Path.of("unused"));

    private record Sent(String key, byte @Nullable [] value) {}

    @BeforeEach
    void open() {
        assembly = new ModelAssembly(NETWORK, folder.resolve("models"));
    }

    private ModelAssembly.@Nullable Arrival take(Sent one) {
        return assembly.take(one.key, 7, one.value);
    }

    private byte[] taken(List<Sent> parts, Sent head) {
        parts.forEach(part -> assertThat(take(part)).isNull());
        Artefact artefact = requireNonNull(take(head)).artefact();
        return artefact.bytes().toArray(ValueLayout.JAVA_BYTE);
    }

    private static List<Sent> with(int at, Sent... instead) {
        List<Sent> changed = new ArrayList<>(PARTS);
        changed.remove(at);
        changed.addAll(at, List.of(instead));
        return changed;
    }

    @Test
    void partsBecomeTheArtefactAgainAndLeaveNoFile() throws IOException {
        // When
        byte[] first = taken(PARTS, HEAD);
        byte[] again = taken(PARTS, HEAD);
        assembly.close();

        // Then
        assertThat(first).isEqualTo(WHOLE);
        assertThat(again).isEqualTo(WHOLE);
        try (Stream<Path> files = Files.list(folder.resolve("models"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aWholeArtefactNeedsNoFolder() {
        // When
        byte[] whole = taken(List.of(), new Sent(NETWORK, WHOLE));

        // Then
        assertThat(whole).isEqualTo(WHOLE);
        assertThat(folder.resolve("models")).doesNotExist();
    }

    @Test
    void whatElseIsOnTheTopicDoesNotDisturb() {
        // Given parts and models of other networks, a whole model, and deletions of parts that are no more
        List<Sent> mixed = new ArrayList<>();
        for (Sent part : PARTS) {
            mixed.add(part);
            mixed.add(new Sent(part.key.replace(NETWORK, "pems"), new byte[] {1}));
            mixed.add(new Sent(part.key.replace(NETWORK, "pems-bay-2"), new byte[] {2}));
            mixed.add(new Sent("pems-bay#1", new byte[] {3}));
            mixed.add(new Sent("pems", new byte[] {4}));
            mixed.add(new Sent(PartsHead.key(NETWORK, 400), null));
        }

        // When
        assertThat(assembly.take(null, 7, new byte[] {5})).isNull();
        byte[] whole = taken(mixed, HEAD);

        // Then
        assertThat(whole).isEqualTo(WHOLE);
    }

    @Test
    void aPublicationThatBeganAnewCounts() {
        // Given parts of a publication that was broken off
        take(PARTS.get(0));
        take(new Sent(PartsHead.key(NETWORK, 1), new byte[] {1, 2, 3}));

        // Then
        assertThat(taken(PARTS, HEAD)).isEqualTo(WHOLE);
    }

    static Stream<Arguments> broken() {
        byte[] damaged = requireNonNull(PARTS.get(1).value).clone();
        damaged[500] ^= 4;
        String expected = "must come in 4 parts of 3500 bytes with its SHA-256, found ";
        return Stream.of(
                Arguments.of("none", List.of(), expected + "0 bytes"),
                Arguments.of("without the first", PARTS.subList(1, 4), expected + "0 bytes"),
                Arguments.of("without the last", PARTS.subList(0, 3), expected + "3 parts of 3000 bytes"),
                Arguments.of("without one between", with(1), expected + "0 bytes"),
                Arguments.of("one twice", with(1, PARTS.get(1), PARTS.get(1)), expected + "0 bytes"),
                Arguments.of("exchanged", with(1, PARTS.get(2), PARTS.get(1)), expected + "0 bytes"),
                Arguments.of(
                        "damaged", with(1, new Sent(PARTS.get(1).key, damaged)), expected + "4 parts of 3500 bytes"),
                Arguments.of(
                        "one too many",
                        with(3, PARTS.get(3), new Sent(PartsHead.key(NETWORK, 4), new byte[] {1})),
                        expected + "5 parts of 3501 bytes"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void partsThatAreNotAllThereAreNoArtefact(String what, List<Sent> parts, String message) {
        // When
        assertThatThrownBy(() -> taken(parts, HEAD))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("headwater.models.v1 offset 7: " + message);

        // Then the next publication is taken
        assertThat(taken(PARTS, HEAD)).as("after " + what).isEqualTo(WHOLE);
    }

    @Test
    void withoutAFolderForPartsTheReasonIsTold() throws IOException {
        // Given
        Files.writeString(folder.resolve("models"), "in the way");

        // Then
        assertThatThrownBy(() -> taken(PARTS, HEAD))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("headwater.models.v1 offset 7: its parts cannot be kept in " + folder);
        assertThat(taken(List.of(), new Sent(NETWORK, WHOLE))).isEqualTo(WHOLE);
    }

    @Test
    void aDeletionIsNoModel() {
        assertThatThrownBy(() -> taken(PARTS, new Sent(NETWORK, null)))
                .hasMessage("headwater.models.v1 offset 7: a deletion, no model");
    }

    @Test
    void aTextThatIsAlmostAHeadIsNone() {
        // Given
        String line = new String(requireNonNull(HEAD.value), StandardCharsets.US_ASCII);

        // Then
        assertThat(PartsHead.of(HEAD.value)).isPresent();
        for (String other : List.of(line + "00000", " " + line, line.replace("/1 ", "/2 "), line.toUpperCase(), "")) {
            assertThat(PartsHead.of(other.getBytes(StandardCharsets.US_ASCII))).isEmpty();
        }
    }
}
