package dev.headwater.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The libraries of an archive by the licence under which it carries them.
///
/// @param libraries `group:artifact version` by SPDX identifier
record Licences(SortedMap<String, SortedSet<String>> libraries) {

    /// The licences under which a library may be shipped, as SPDX identifiers. Of several the first here is taken: the
    /// POMs of the libraries mean a choice.
    static final List<String> PERMITTED =
            List.of("Apache-2.0", "MIT", "BSD-3-Clause", "BSD-2-Clause", "ISC", "EPL-2.0", "EPL-1.0");

    /// Names in POMs that CycloneDX does not know.
    private static final Map<String, String> NAMED = Map.of("Go License", "BSD-3-Clause");

    private static final Pattern NOTICE = Pattern.compile(
            "(.*/)?(licen[sc]e|notice|copying|copyright)(-[0-9.]+)?(\\.(txt|md))?", Pattern.CASE_INSENSITIVE);

    private static final String HEADER = """
            Libraries in this archive, by the licence under which they are in it. Its text is in the folder texts, notices
            of the libraries are in the folder jars. The Java runtime has its own in ../runtime/legal.
            The natives of openblas and nd4j-native contain runtime libraries of GCC, which are under the GPL 3.0 with the
            GCC Runtime Library Exception.
            """;

    /// @param sbom a bill of materials in CycloneDX's JSON
    /// @throws IllegalStateException naming each library none of whose licences is permitted
    static Licences read(Path sbom) {
        SortedMap<String, SortedSet<String>> libraries = new TreeMap<>();
        List<String> refused = new ArrayList<>();
        for (JsonNode component : JsonMapper.shared().readTree(sbom.toFile()).path("components")) {
            List<String> licences = licences(component);
            PERMITTED.stream()
                    .filter(licences::contains)
                    .findFirst()
                    .ifPresentOrElse(
                            licence -> libraries
                                    .computeIfAbsent(licence, id -> new TreeSet<>())
                                    .add(name(component)),
                            () -> refused.add(name(component) + " " + licences));
        }
        if (!refused.isEmpty()) {
            throw new IllegalStateException("libraries must have a licence of " + PERMITTED + ", not: " + refused);
        }
        return new Licences(libraries);
    }

    private static String name(JsonNode component) {
        return component.path("group").asString() + ":" + component.path("name").asString() + " "
                + component.path("version").asString();
    }

    private static List<String> licences(JsonNode component) {
        List<String> licences = new ArrayList<>();
        for (JsonNode choice : component.path("licenses")) {
            JsonNode licence = choice.path("license");
            String name =
                    licence.path("name").asString(choice.path("expression").asString("unnamed"));
            licences.add(licence.path("id").asString(NAMED.getOrDefault(name, name)));
        }
        return licences;
    }

    /// Writes `THIRD-PARTY.txt`, the licences' texts, and the notices that the jars contain.
    void write(Path folder, List<Path> jars) throws IOException {
        Files.createDirectories(folder.resolve("texts"));
        StringBuilder list = new StringBuilder(HEADER);
        for (Map.Entry<String, SortedSet<String>> licence : libraries.entrySet()) {
            list.append('\n').append(licence.getKey()).append('\n');
            licence.getValue()
                    .forEach(library -> list.append("  ").append(library).append('\n'));
            copyText(licence.getKey(), folder.resolve("texts").resolve(licence.getKey() + ".txt"));
        }
        Files.writeString(folder.resolve("THIRD-PARTY.txt"), list);
        for (Path jar : jars) {
            copyNotices(jar, folder.resolve("jars"));
        }
    }

    private static void copyText(String licence, Path to) throws IOException {
        try (InputStream text = Licences.class.getResourceAsStream("/licenses/" + licence + ".txt")) {
            if (text == null) {
                throw new IllegalStateException("licence " + licence + ": its text is not known");
            }
            Files.copy(text, to);
        }
    }

    private static void copyNotices(Path jar, Path folder) throws IOException {
        Path name = jar.getFileName();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().filter(Licences::isNotice).toList()) {
                Path to = folder.resolve(name + "/" + entry.getName());
                Files.createDirectories(to.getParent());
                try (InputStream in = file.getInputStream(entry)) {
                    Files.copy(in, to);
                }
            }
        }
    }

    private static boolean isNotice(JarEntry entry) {
        return NOTICE.matcher(entry.getName()).matches();
    }
}
