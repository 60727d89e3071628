package dev.headwater.forecasting.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedZipTest {

    @TempDir
    private Path folder;

    private static final List<String> KNOWN = List.of("a.json", "b.bin");

    private static Map<String, byte[]> parts() {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("a.json", "{}".getBytes(StandardCharsets.UTF_8));
        parts.put("b.bin", new byte[1000]);
        return parts;
    }

    /// Seals any zip that ends with a comment of 64 bytes, as an attacker would.
    private static byte[] seal(byte[] zip) {
        String sum = Sha256.of(Arrays.copyOf(zip, zip.length - 64));
        System.arraycopy(sum.getBytes(StandardCharsets.US_ASCII), 0, zip, zip.length - 64, 64);
        return zip;
    }

    private static byte[] foreign(boolean withComment) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a.json"));
            zip.write(new byte[500]);
            zip.closeEntry();
            if (withComment) {
                zip.setComment("x".repeat(64));
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void bringsItsPartsBackInOrder() {
        // When
        Map<String, byte[]> back = SealedZip.read(SealedZip.write(parts(), "test"), KNOWN, "test");

        // Then
        assertThat(back.keySet()).containsExactly("a.json", "b.bin");
        parts().forEach((name, bytes) -> assertThat(back.get(name)).isEqualTo(bytes));
    }

    @Test
    void anyZipToolOpensIt() throws IOException {
        // When
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(SealedZip.write(parts(), "test")))) {
            // Then
            assertThat(zip.getNextEntry()).extracting(ZipEntry::getName).isEqualTo("a.json");
            assertThat(zip.readAllBytes()).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void theSamePartsGiveTheSameBytesInEveryZone() {
        // Given
        TimeZone zone = TimeZone.getDefault();
        byte[] here = SealedZip.write(parts(), "test");
        try {
            for (String other : List.of("Pacific/Auckland", "America/Los_Angeles")) {
                // When
                TimeZone.setDefault(TimeZone.getTimeZone(other));

                // Then
                assertThat(SealedZip.write(parts(), "test")).isEqualTo(here);
            }
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void refusesForeignZipsAndWhatIsNoZip() throws IOException {
        // Given
        byte[][] strangers = {
            foreign(false), foreign(true), new byte[0], new byte[1000], "PK".getBytes(StandardCharsets.US_ASCII)
        };

        // Then
        for (byte[] stranger : strangers) {
            assertThatThrownBy(() -> SealedZip.read(Artefact.of(stranger, "stranger.zip"), KNOWN, List.of()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("stranger.zip: ")
                    .hasMessageContaining("no Headwater model");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/passwd", "c.json", "a.json/"})
    void refusesPartsItDoesNotKnow(String name) {
        // Given
        byte[] zip = SealedZip.write(Map.of(name, name.endsWith("/") ? new byte[0] : new byte[3]), "test");

        // Then
        assertThatThrownBy(() -> SealedZip.read(zip, KNOWN, "test"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("test: unknown part " + name);
    }

    @Test
    void refusesAZipThatUnpacksToMoreThanItsLimit() {
        // Given: two parts that each keep to the limit, but not together
        byte[] zip = SealedZip.write(Map.of("a.json", new byte[60_000], "b.bin", new byte[60_000]), "test");

        // Then
        assertThat(zip.length).isLessThan(1000);
        Artefact artefact = Artefact.of(zip, "test");
        assertThat(SealedZip.read(artefact, KNOWN, List.of(), 120_000)).hasSize(2);
        assertThatThrownBy(() -> SealedZip.read(artefact, KNOWN, List.of("b.bin"), 119_999))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("test: unpacks to more than 119999 bytes, the share of the heap that it may take");
    }

    @Test
    void refusesASealedZipWithABrokenInside() {
        // Given
        byte[] whole = SealedZip.write(parts(), "test");
        int refused = 0;
        for (int at = 2; at < whole.length - 64; at++) {
            byte[] broken = whole.clone();
            broken[at] ^= (byte) 0x80;

            // When: either the zip is readable, or it is refused with a message
            try {
                Map<String, byte[]> read = SealedZip.read(seal(broken), KNOWN, "test");
                assertThat(KNOWN).containsAll(read.keySet());
            } catch (InvalidInputException e) {
                assertThat(e).hasMessageStartingWith("test: ");
                refused++;
            }
        }

        // Then
        assertThat(refused).isGreaterThan(20);
    }

    @Test
    void refusesEveryTruncation() {
        // Given
        byte[] whole = SealedZip.write(parts(), "test");

        // Then
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> SealedZip.read(cut, KNOWN, "test")).isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void aPlainPartIsReadWhereItLiesWhateverItsSize() throws IOException {
        // Given
        byte[] large = new byte[50_000];
        new Random(1).nextBytes(large);
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("a.json", Part.packed("{}".getBytes(StandardCharsets.UTF_8)));
        parts.put("b.bin", Part.plain(out -> out.write(large)));
        Path file = folder.resolve("model.zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            SealedZip.write(parts, out, "test", 1_000, 1_000_000);
        }

        // When
        Artefact mapped;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            mapped = Artefact.mapped(channel, "test");
        }
        Files.delete(file);
        Map<String, MemorySegment> back = SealedZip.read(mapped, KNOWN, List.of("b.bin"), 1_000);

        // Then
        assertThat(back.get("b.bin").isMapped()).isTrue();
        assertThat(back.get("b.bin").toArray(ValueLayout.JAVA_BYTE)).isEqualTo(large);
        assertThat(back.get("a.json").isMapped()).isFalse();
        assertThatThrownBy(() -> SealedZip.read(mapped, KNOWN, List.of(), 1_000))
                .hasMessage("test: unpacks to more than 1000 bytes, the share of the heap that it may take");
    }

    @Test
    void refusesToWriteWhatItCouldNotReadAgain() throws IOException {
        // Given
        Map<String, Part> parts =
                Map.of("a.json", Part.packed(new byte[60]), "b.bin", Part.plain(out -> out.write(new byte[50])));
        OutputStream out = OutputStream.nullOutputStream();

        // Then
        assertThatCode(() -> SealedZip.write(parts, out, "test", 60, 110)).doesNotThrowAnyException();
        assertThatThrownBy(() -> SealedZip.write(parts, out, "test", 59, 110))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "test: its packed parts must have at most 59 bytes, or it could not be read again, found 60");
        assertThatThrownBy(() -> SealedZip.write(parts, out, "test", 60, 109))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("test: its parts must have at most 109 bytes, or it could not be read again, found 110");
    }

    @Test
    void refusesAPartWhoseSizesAreALie() {
        // Given a directory that says that a part has two bytes more, or a gigabyte
        for (int lie : new int[] {4, 1 << 30}) {
            byte[] zip = SealedZip.write(Map.of("a.json", "{}".getBytes(StandardCharsets.UTF_8)), "test");
            ByteBuffer fields = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
            int entry = fields.getInt(zip.length - 64 - 6); // where the directory begins
            fields.putInt(entry + 24, lie);

            // Then
            assertThatThrownBy(() -> SealedZip.read(seal(zip), KNOWN, "test"))
                    .isInstanceOf(InvalidInputException.class);
        }
    }
}
