package dev.headwater.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The archive's Java has the modules that classes on the class path refer to.
class RuntimeModulesTest {

    private static final Pattern REFERENCE = Pattern.compile("-> ((?:java|jdk)\\.[a-z.]+)$", Pattern.MULTILINE);

    @Test
    void hasWhatClassesReferTo() throws IOException {
        // Given
        Set<String> linked = Files.readAllLines(Path.of("runtime.args")).stream()
                .filter(line -> line.startsWith("--add-modules "))
                .flatMap(line ->
                        Arrays.stream(line.substring("--add-modules ".length()).split(",")))
                .collect(Collectors.toCollection(TreeSet::new));

        // When
        Set<String> referred = new TreeSet<>();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!path.contains("-linux-") && !isOfTests(path)) {
                referred.addAll(modules(path));
            }
        }

        // Then
        assertThat(referred).contains("java.base", "jdk.incubator.vector", "jdk.unsupported");
        assertThat(linked).containsAll(referred);
    }

    private static boolean isOfTests(String path) {
        return List.of(
                        "test-classes",
                        "junit",
                        "assertj",
                        "byte-buddy",
                        "surefire",
                        "apiguardian",
                        "opentest4j",
                        "cyclonedx")
                .stream()
                .anyMatch(path::contains);
    }

    private static Set<String> modules(String path) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, UTF_8);
        ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(print, print, "-s", "--ignore-missing-deps", "--multi-release", "25", path);
        return REFERENCE
                .matcher(out.toString(UTF_8))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
