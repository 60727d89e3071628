package dev.headwater.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LicencesTest {

    @TempDir
    private Path folder;

    private Path sbom(String... components) throws IOException {
        return Files.writeString(
                folder.resolve("sbom.json"), "{\"components\": [" + String.join(",", components) + "]}");
    }

    private static String component(String name, String licences) {
        return "{\"group\": \"org.example\", \"name\": \"%s\", \"version\": \"1\", \"licenses\": [%s]}"
                .formatted(name, licences);
    }

    private static String id(String id) {
        return "{\"license\": {\"id\": \"%s\"}}".formatted(id);
    }

    @Test
    void takesThePermittedLicenceOfAChoice() throws IOException {
        // Given
        Path sbom = sbom(
                component("dual", id("GPL-2.0-only") + "," + id("Apache-2.0")),
                component("two", id("EPL-2.0") + "," + id("Apache-2.0")),
                component("named", "{\"license\": {\"name\": \"Go License\"}}"));

        // When
        Licences licences = Licences.read(sbom);

        // Then
        assertThat(licences.libraries().get("Apache-2.0")).containsExactly("org.example:dual 1", "org.example:two 1");
        assertThat(licences.libraries().get("BSD-3-Clause")).containsExactly("org.example:named 1");
    }

    @Test
    void namesEachLibraryThatMayNotBeShipped() throws IOException {
        // Given licences that are not permitted, unknown, missing, and one that is fine
        Path sbom = sbom(
                component("strong", id("GPL-3.0-only")),
                component("odd", "{\"license\": {\"name\": \"Do what you like\"}}"),
                component("expression", "{\"expression\": \"MIT AND SSPL-1.0\"}"),
                component("none", ""),
                component("fine", id("MIT")));

        // When / Then
        assertThatThrownBy(() -> Licences.read(sbom))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "strong 1 [GPL-3.0-only]", "odd 1 [Do what you like]", "expression 1 [MIT AND", "none 1 []")
                .hasMessageNotContaining("fine");
    }

    @Test
    void writesTextsAndNotices() throws IOException {
        // Given a jar with notices in several places
        Path jar = folder.resolve("example-1.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (String name : List.of("META-INF/NOTICE.txt", "LICENSE-2.0.txt", "a/b/LICENSE", "a/License.class")) {
                entries.putNextEntry(new ZipEntry(name));
                entries.write(name.getBytes(UTF_8));
            }
        }

        // When
        Path to = folder.resolve("licences");
        Licences.read(sbom(component("fine", id("MIT")))).write(to, List.of(jar));

        // Then
        assertThat(to.resolve("THIRD-PARTY.txt")).content().contains("\nMIT\n  org.example:fine 1\n");
        assertThat(to.resolve("texts/MIT.txt")).content().contains("Permission is hereby granted");
        assertThat(to.resolve("jars/example-1.jar/a/b/LICENSE")).hasContent("a/b/LICENSE");
        assertThat(to.resolve("jars/example-1.jar/META-INF/NOTICE.txt")).exists();
        assertThat(to.resolve("jars/example-1.jar/LICENSE-2.0.txt")).exists();
        assertThat(to.resolve("jars/example-1.jar/a/License.class")).doesNotExist();
    }

    @Test
    void knowsTheTextOfEachPermittedLicence() {
        assertThat(Licences.PERMITTED).allMatch(id -> Licences.class.getResource("/licenses/" + id + ".txt") != null);
    }
}
