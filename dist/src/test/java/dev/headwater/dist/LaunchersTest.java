package dev.headwater.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchersTest {

    private static final Path SOURCES = Path.of("src/main/launcher");

    @TempDir
    private Path folder;

    @Test
    void nameTheCommitWhateverItsTags() throws IOException, InterruptedException {
        // Given a commit with a tag
        Files.writeString(folder.resolve("file"), "one");
        git("init", "--quiet");
        git("add", ".");
        git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "one");
        git("-c", "user.name=a", "-c", "user.email=a@example.org", "tag", "-a", "v1", "-m", "one");

        // When
        String clean = Launchers.revision(folder);
        Files.writeString(folder.resolve("file"), "two");
        String dirty = Launchers.revision(folder);

        // Then
        assertThat(clean).matches("[0-9a-f]{12}");
        assertThat(dirty).isEqualTo(clean + "-dirty");
    }

    @Test
    void sayThatTheCommitIsUnknownWithoutRepository() throws IOException {
        assertThat(Launchers.revision(Path.of("/"))).isEqualTo("unknown revision");
    }

    @Test
    void holdTheRevision() throws IOException {
        // When
        Launchers.write(SOURCES, folder.resolve("bin"));

        // Then
        String revision = Launchers.revision(SOURCES);
        assertThat(folder.resolve("bin/headwater")).content().contains("revision='" + revision + "'\n");
        assertThat(folder.resolve("bin/headwater.cmd")).content().contains("revision=\"" + revision + "\" ");
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }
}
