package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// An invalid value of an option is reported, wherever it was set.
class OptionValuesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo --speed fast | --speed | must be a multiple of real time such as 1x or 300x, or max, found 'fast'",
                "ingest --network pems-bay --speed 0x | --speed | must be a multiple of real time such as 1x or 300x",
                "demo --for never | --for | must be a time such as 60s or 5m, found 'never'",
                "ingest --network simulated-city --history long | --history | must be a time such as 60s or 5m, found 'long'",
                "ingest --network pems-bay --start may | --start | must be a time stamp such as 2017-01-31 23:55",
                "config show --network jena --threads two | --threads | is not an int",
                "config show --network jena --threds 2 | --threds | Unknown option",
            })
    void isRefusedWithExit2(String line, String option, String rule) {
        // When
        CommandRun run = CommandRun.of(line.split(" "));

        // Then
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines().findFirst().orElse(""))
                .startsWith("headwater: ")
                .contains(option, rule);
        String verb = line.startsWith("config") ? "config show" : line.split(" ")[0];
        assertThat(run.err()).endsWith("Try 'headwater " + verb + " --help'." + System.lineSeparator());
    }

    @Test
    void takesTimesInTheFormOfTheNetworkFilesToo() {
        // Then
        assertThat(new TimeConverter().convert("PT2H")).isEqualTo(new TimeConverter().convert("2h"));
    }

    private String misused(Map<String, String> environment, String... args) {
        CommandLine command = Headwater.commandLine();
        StringWriter err = new StringWriter();
        command.setErr(new PrintWriter(err));
        command.setDefaultValueProvider(Settings.read(args, environment, command));
        assertThat(command.execute(args)).isEqualTo(2);
        return err.toString().lines().findFirst().orElse("");
    }

    @Test
    void saysInWhichFileOrVariableItWasSet() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("serve.yaml"), "network: pems-bay\nthreads: two\n");
        String config = "--config=" + file;

        // Then
        assertThat(misused(Map.of(), "serve", config))
                .contains("--threads")
                .endsWith("'two' is not an int, in settings file " + file + " (line 2)");
        assertThat(misused(Map.of("HEADWATER_STANDBYS", "all"), "serve", "--network", "jena"))
                .contains("--standbys")
                .endsWith("'all' is not an int, in HEADWATER_STANDBYS");
        assertThat(misused(Map.of(), "serve", config, "--threads", "three")).endsWith("'three' is not an int");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s.yaml | threads: 1¶\tstandbys: 2 | : must be YAML, keys and values indented by spaces, found a tab (line 2)",
                "s.yaml | threads: 1¶threads: 2 | : key 'threads' must occur once, found it again (line 2) after line 1",
                "s.yaml | threads: | : threads must be a value, found none (line 1)",
                "s.yaml | kafka: {sasl.jaas.config: [{a: secret}]} | : kafka.sasl.jaas.config must be a value, found a list (line 1)",
                "s.yaml | threads: \"secret | : must be YAML, keys and values indented by spaces (line 1)",
                "s.yaml | secret | : must be keys and values such as {a: 1, b: 2}",
                "s.yaml | thread: 1 | : unknown key 'thread' (did you mean 'threads'?) (line 1)",
                "s.properties | thread=1 | : unknown key 'thread' (did you mean 'threads'?)",
                "s.properties | threads=\\u00zz | : a backslash and u must be followed by four hexadecimal digits",
            })
    void aBrokenSettingsFileIsToldWithoutItsSecrets(String name, String text, String message) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve(name), text.replace('¶', '\n'));
        String[] args = {"serve", "--config", file.toString()};

        // Then
        assertThatThrownBy(() -> Settings.read(args, Map.of(), Headwater.commandLine()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("settings file " + file + message)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aListOfTheSettingsFileIsAListOfTheOption() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("s.yaml"), "sensor: [a, b]\n");
        CommandLine command = Headwater.commandLine();

        // When
        Settings settings = Settings.read(new String[] {"--config", file.toString()}, Map.of(), command);

        // Then
        assertThat(settings.defaultValue(command.getSubcommands()
                        .get("forecasts")
                        .getCommandSpec()
                        .findOption("--sensor")))
                .isEqualTo("a,b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ingest --network none.yaml",
                "evaluate --network pems-bay --from none.h5 --model persistence",
                "serve --network pems-bay --model none.zip",
            })
    void aFileThatIsNotThereIsCalledThat(String line) {
        // When
        CommandRun run = CommandRun.of(line.split(" "));

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .containsPattern("none\\.(yaml|h5|zip): no such file or folder")
                .doesNotContain("cannot be read");
    }
}
