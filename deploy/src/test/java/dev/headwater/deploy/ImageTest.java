package dev.headwater.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ImageTest {

    private static final Pattern FLAG = Pattern.compile("^ +((?:--|-D)[^\\\\]+?) *\\\\$", Pattern.MULTILINE);

    /// What a container needs and the launcher does not.
    private static final Set<String> IMAGE_ONLY =
            Set.of("-Dorg.bytedeco.javacpp.cachedir=/data/.javacpp", "-Duser.home=/data");

    @Test
    void startsTheJvmAsTheLauncherDoes() throws IOException {
        // Given the flags of both
        Set<String> launcher = flags(Files.readString(DeployFiles.path("../headwater")));
        Set<String> image = flags(DeployFiles.text("images/headwater"));
        // When / Then
        assertThat(launcher).hasSizeGreaterThan(4);
        launcher.addAll(IMAGE_ONLY);
        assertThat(image).isEqualTo(launcher);
    }

    @Test
    void isNobody() throws IOException {
        List<String> lines = DeployFiles.text("images/Dockerfile").lines().toList();
        assertThat(lines).contains("USER 65532:65532", "WORKDIR /data").noneMatch(line -> line.startsWith("RUN"));
    }

    private static Set<String> flags(String script) {
        Set<String> flags = new TreeSet<>();
        String command = script.substring(script.lastIndexOf("exec "));
        FLAG.matcher(command)
                .results()
                .forEach(match -> flags.add(match.group(1).replaceFirst("(-Dheadwater.revision)=.*", "$1")));
        return flags;
    }
}
