package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bus.EmbeddedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

    @TempDir
    private Path folder;

    private static String lineOf(CommandRun run, String check) {
        return run.out()
                .lines()
                .filter(line -> line.contains(check))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void findsABrokerAndAKernelThatComputesRightly() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            // When
            CommandRun run = CommandRun.of("doctor", "--strict", "--bootstrap", broker.bootstrapServers());

            // Then
            assertThat(lineOf(run, "Kafka")).startsWith("ok").contains("brokers: 1");
            assertThat(lineOf(run, "vector kernel"))
                    .startsWith("ok")
                    .containsPattern("\\d+ lanes of 32 bits; forecasts differ by \\d\\.\\de-\\d+ from a plain");
            assertThat(run.err()).doesNotContain("Kafka");
        }
    }

    @Test
    void tellsAnOpenPortFromABroker() throws IOException {
        // Given a server that accepts connections and never answers
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            String server = "127.0.0.1:" + silent.getLocalPort();

            // When
            CommandRun run = CommandRun.of("doctor", "--strict", "--bootstrap", server);

            // Then
            assertThat(lineOf(run, "Kafka"))
                    .startsWith("none")
                    .endsWith("something listens at " + server + ", but answers no Kafka request");
            assertThat(run.err()).contains("headwater: missing:").contains("Kafka");
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void aMissingBrokerIsAFaultOnlyWhenAskedStrictly() throws IOException {
        // Given
        String server;
        try (ServerSocket closed = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            server = "127.0.0.1:" + closed.getLocalPort();
        }

        // When
        CommandRun lenient = CommandRun.of("doctor", "--bootstrap", server);
        CommandRun strict = CommandRun.of("doctor", "--strict", "--bootstrap", server);

        // Then
        assertThat(lineOf(lenient, "Kafka")).contains("nothing listens at " + server);
        assertThat(lenient.err()).doesNotContain("Kafka");
        assertThat(strict.err()).contains("Kafka");
        assertThat(strict.exitCode()).isEqualTo(1);
    }
}
