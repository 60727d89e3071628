package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher does without an archive of classes when the rehearsal fails, so nobody would notice.
class RehearsalTest {

    @TempDir
    private Path temporary;

    @Test
    void loadsTheClassesOfAStreamAndLeavesNothingBehind() throws IOException, InterruptedException {
        // Given a JVM of its own that notes what it loads
        Path classes = temporary.resolve("classes.txt");
        List<String> command = JavaCommand.of(
                List.of("-Djava.io.tmpdir=" + temporary, "-XX:DumpLoadedClassList=" + classes),
                Rehearsal.class,
                List.of());

        // When
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("output.txt").toFile())
                .start();

        // Then
        assertThat(process.waitFor())
                .as(Files.readString(temporary.resolve("output.txt")))
                .isZero();
        assertThat(Files.readString(classes))
                .contains("org/apache/kafka/streams/KafkaStreams ", "jdk/incubator/vector/FloatVector ");
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("headwater"));
        }
    }
}
