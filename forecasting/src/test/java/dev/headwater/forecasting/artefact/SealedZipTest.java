package dev.headwater.forecasting.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedZipTest {

    private static final List<String> KNOWN = List.of("a.json", "b.bin");

    private static Map<String, byte[]> parts() {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("a.json", "{}".getBytes(StandardCharsets.UTF_8));
        parts.put("b.bin", new byte[1000]);
        return parts;
    }

    /// Seals any zip that ends with a comment of 64 bytes, as an attacker would.
    private static byte[] seal(byte[] zip) {
        String sum = SealedZip.sha256(zip, zip.length - 64);
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
        Map<String, byte[]> back = SealedZip.read(SealedZip.write(parts()), KNOWN, "test");

        // Then
        assertThat(back.keySet()).containsExactly("a.json", "b.bin");
        parts().forEach((name, bytes) -> assertThat(back.get(name)).isEqualTo(bytes));
    }

    @Test
    void anyZipToolOpensIt() throws IOException {
        // When
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(SealedZip.write(parts())))) {
            // Then
            assertThat(zip.getNextEntry()).extracting(ZipEntry::getName).isEqualTo("a.json");
            assertThat(zip.readAllBytes()).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void theSamePartsGiveTheSameBytesInEveryZone() {
        // Given
        TimeZone zone = TimeZone.getDefault();
        byte[] here = SealedZip.write(parts());
        try {
            for (String other : List.of("Pacific/Auckland", "America/Los_Angeles")) {
                // When
                TimeZone.setDefault(TimeZone.getTimeZone(other));

                // Then
                assertThat(SealedZip.write(parts())).isEqualTo(here);
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
            assertThatThrownBy(() -> SealedZip.read(stranger, KNOWN, "stranger.zip"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("stranger.zip: ")
                    .hasMessageContaining("no Headwater model");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/passwd", "c.json", "a.json/"})
    void refusesPartsItDoesNotKnow(String name) {
        // Given
        byte[] zip = SealedZip.write(Map.of(name, name.endsWith("/") ? new byte[0] : new byte[3]));

        // Then
        assertThatThrownBy(() -> SealedZip.read(zip, KNOWN, "test"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("test: unknown part " + name);
    }

    @Test
    void refusesAZipThatUnpacksToMoreThanItsLimit() {
        // Given: two parts that each keep to the limit, but not together
        byte[] zip = SealedZip.write(Map.of("a.json", new byte[60_000], "b.bin", new byte[60_000]));

        // Then
        assertThat(zip.length).isLessThan(1000);
        assertThat(SealedZip.read(zip, KNOWN, "test", 120_000)).hasSize(2);
        assertThatThrownBy(() -> SealedZip.read(zip, KNOWN, "test", 119_999))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("test: unpacks to more than 119999 bytes, the share of the heap that it may take");
    }

    @Test
    void refusesASealedZipWithABrokenInside() {
        // Given
        byte[] whole = SealedZip.write(parts());
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
        byte[] whole = SealedZip.write(parts());

        // Then
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> SealedZip.read(cut, KNOWN, "test")).isInstanceOf(InvalidInputException.class);
        }
    }
}
