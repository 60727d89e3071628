package dev.headwater.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.cli.Headwater;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CommandPagesTest {

    @TempDir
    private Path folder;

    @Test
    void manualSaysWhatHelpSays() {
        // When
        String manual = CommandPages.manual(Headwater.commandLine(80), "1.2.3");

        // Then
        assertThat(manual)
                .startsWith(".TH HEADWATER 1 \"\" \"headwater 1.2.3\"\n.SH NAME\nheadwater \\- Streaming forecasts")
                .contains(".SH \"headwater models publish\"\n", "\\-\\-network=NAME|FILE", " \\e\n")
                .doesNotContainPattern("(?m)^\\.(?!TH|SH|nf$|fi$)")
                .doesNotContainPattern("(?m)^'");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void bashCompletesCommandsAndOptions() throws IOException, InterruptedException {
        // Given
        CommandPages.write(folder, "1.2.3");

        // When / Then
        assertThat(completions("headwater", "dem")).contains("demo");
        assertThat(completions("headwater", "demo", "--sp")).contains("--speed");
        assertThat(completions("headwater", "models", "pub")).contains("publish");
    }

    /// What bash offers for the last of the words.
    private List<String> completions(String... words) throws IOException, InterruptedException {
        String script = """
                . completion/headwater.sh
                COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE} COMP_TYPE=9
                _complete_headwater
                printf '%s\\n' "${COMPREPLY[@]}"
                """;
        List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .map(String::strip)
                .toList();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return lines;
    }
}
