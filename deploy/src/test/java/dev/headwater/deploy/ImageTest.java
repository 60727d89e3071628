package dev.headwater.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ImageTest {

    private static final Pattern FLAG = Pattern.compile("^ +((?:--|-D|-XX)[^\\\\]+?) *\\\\?$", Pattern.MULTILINE);

    private static final Pattern JIB_FLAG = Pattern.compile("<jvmFlag>(.*)</jvmFlag>");

    private static final Pattern VERSION = Pattern.compile("^  <version>(.+)</version>$", Pattern.MULTILINE);

    private static final String REVISION = "-Dheadwater.revision";

    /// Flags that a container needs and the launcher does not.
    private static final Set<String> IMAGE_ONLY =
            Set.of("-Dorg.bytedeco.javacpp.cachedir=/data/.javacpp", "-Duser.home=/data", "-XX:MaxRAMPercentage=60");

    @Test
    void startsTheJvmAsTheLauncherDoes() throws IOException {
        // Given the flags of both
        Set<String> launcher = new TreeSet<>();
        Files.readString(DeployFiles.path("../cli/src/main/launcher/jvm.args"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(launcher::add);
        launcher.add(REVISION);
        Set<String> image = flags(DeployFiles.text("images/headwater"));
        // When / Then
        assertThat(launcher).hasSizeGreaterThan(4);
        launcher.addAll(IMAGE_ONLY);
        assertThat(image).isEqualTo(launcher);
    }

    @Test
    void isTheSameFromJib() throws IOException {
        // Given the flags that jib writes into its image
        Set<String> jib = new TreeSet<>();
        JIB_FLAG.matcher(Files.readString(DeployFiles.path("../cli/pom.xml")))
                .results()
                .forEach(match -> jib.add(match.group(1).replaceFirst("^(--add-modules)=", "$1 ")));
        // When compared with the other image's / Then only the revision, which is known when that one runs, differs
        Set<String> image = flags(DeployFiles.text("images/headwater"));
        assertThat(image.remove(REVISION)).isTrue();
        assertThat(jib).isEqualTo(image);
    }

    @Test
    void isNobody() throws IOException {
        List<String> lines = DeployFiles.text("images/Dockerfile").lines().toList();
        assertThat(lines).contains("USER 65532:65532", "WORKDIR /data").noneMatch(line -> line.startsWith("RUN"));
    }

    @Test
    void carriesTheVersionOfTheBuild() throws IOException {
        // Given
        Matcher version = VERSION.matcher(Files.readString(DeployFiles.path("../pom.xml")));
        assertThat(version.find()).isTrue();

        // When / Then
        assertThat(DeployFiles.text("kubernetes/kustomization.yaml"))
                .contains("\n    newTag: " + version.group(1) + "\n");
        assertThat(DeployFiles.text("images/Dockerfile")).contains("org.opencontainers.image.version=\"${VERSION}\"");
        assertThat(Files.readString(DeployFiles.path("../cli/pom.xml")))
                .contains("<org.opencontainers.image.version>${project.version}</");
    }

    private static Set<String> flags(String script) {
        Set<String> flags = new TreeSet<>();
        FLAG.matcher(script.substring(script.lastIndexOf("exec ")))
                .results()
                .forEach(match -> flags.add(match.group(1).replaceFirst("(" + REVISION + ")=.*", "$1")));
        return flags;
    }
}
