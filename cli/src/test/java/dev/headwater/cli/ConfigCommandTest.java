package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.bus.ValueFormat;
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
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConfigCommandTest {

    @TempDir
    private Path folder;

    private static JsonNode show(Map<String, String> environment, String... more) {
        String[] args = new String[4 + more.length];
        args[0] = "config";
        args[1] = "show";
        args[2] = "--effective";
        args[3] = "--json";
        System.arraycopy(more, 0, args, 4, more.length);
        return JsonMapper.builder().build().readTree(run(environment, args));
    }

    private static String run(Map<String, String> environment, String... args) {
        CommandLine command = Headwater.commandLine();
        StringWriter out = new StringWriter();
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
        command.setDefaultValueProvider(Settings.read(args, environment, command));
        command.execute(args);
        return out.toString();
    }

    private static String option(JsonNode shown, String name) {
        for (JsonNode row : shown.get("options")) {
            if (row.get("name").asString().equals(name)) {
                return row.get("value").asString() + " from "
                        + row.get("source").asString();
            }
        }
        return "absent";
    }

    @Test
    void flagsWinOverTheEnvironmentOverTheFileOverDefaults() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("serve.yaml"), """
                network: pems-bay
                threads: 2
                standbys: 3
                metrics-port: 1111
                kafka:
                  client.rack: file
                  security.protocol: PLAINTEXT
                """);
        Map<String, String> environment = Map.of(
                "HEADWATER_STANDBYS", "1",
                "HEADWATER_METRICS_PORT", "2222",
                "HEADWATER_KAFKA_CLIENT_RACK", "environment",
                "HEADWATER_CONFIG", file.toString());

        // When
        JsonNode shown = show(environment, "--metrics-port", "3333", "--kafka", "client.dns.lookup=flag");

        // Then
        assertThat(option(shown, "--threads")).isEqualTo("2 from file");
        assertThat(option(shown, "--standbys")).isEqualTo("1 from HEADWATER_STANDBYS");
        assertThat(option(shown, "--metrics-port")).isEqualTo("3333 from flag");
        assertThat(option(shown, "--metrics-host")).isEqualTo("127.0.0.1 from default");
        assertThat(option(shown, "--network")).isEqualTo("pems-bay from file");
        assertThat(shown.at("/kafka/client.rack").asString()).isEqualTo("environment");
        assertThat(shown.at("/kafka/client.dns.lookup").asString()).isEqualTo("flag");
        assertThat(shown.at("/kafka/security.protocol").asString()).isEqualTo("PLAINTEXT");
        assertThat(shown.at("/kafka/num.standby.replicas").asString()).isEqualTo("1");
        assertThat(shown.at("/kafka/application.id").asString()).isEqualTo("headwater-pems-bay");
    }

    @Test
    void failoverAndLimitsReachTheStream() {
        // When
        JsonNode shown = show(
                Map.of(),
                "--network=pems-bay",
                "--session-timeout=1500ms",
                "--standbys=2",
                "--instance-id=stream-0",
                "--guarantee=exactly-once",
                "--max-ahead=off");

        // Then
        assertThat(shown.at("/kafka/consumer.session.timeout.ms").asString()).isEqualTo("1500");
        assertThat(shown.at("/kafka/producer.transaction.timeout.ms").asString())
                .isEqualTo("2250"); // 1.5 times the session timeout
        assertThat(shown.at("/kafka/num.standby.replicas").asString()).isEqualTo("2");
        assertThat(shown.at("/kafka/consumer.group.instance.id").asString()).isEqualTo("stream-0");
        assertThat(shown.at("/kafka/processing.guarantee").asString()).isEqualTo("exactly_once_v2");
        assertThat(option(shown, "--guarantee")).isEqualTo("exactly-once from flag");
        assertThat(option(shown, "--session-timeout")).isEqualTo("1500ms from flag");
        assertThat(option(show(Map.of(), "--network=aarhus"), "--session-timeout"))
                .isEqualTo("6s from default");
        assertThat(option(shown, "--max-ahead")).isEqualTo("off from flag");
        assertThat(shown.at("/kafka/commit.interval.ms").asString()).isEqualTo("100");
    }

    @Test
    void aLimitAheadThatIsNoTimeIsAWrongOption() {
        // When
        CommandRun run = CommandRun.of("serve", "--network", "pems-bay", "--max-ahead", "soon");

        // Then
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--max-ahead").contains("must be a time such as 60s or 5m, found 'soon'");
    }

    @Test
    void paceReachesTheStream() {
        // When
        JsonNode shown = show(
                Map.of("HEADWATER_COMMIT_INTERVAL", "250ms"),
                "--network=pems-bay",
                "--batch-size=64",
                "--batch-delay=20ms");
        JsonNode usual = show(Map.of(), "--network=pems-bay");

        // Then
        assertThat(shown.at("/kafka/commit.interval.ms").asString()).isEqualTo("250");
        assertThat(shown.at("/kafka/producer.linger.ms").asString()).isEqualTo("20");
        assertThat(option(shown, "--batch-size")).isEqualTo("64 from flag");
        assertThat(usual.at("/kafka/commit.interval.ms").asString()).isEqualTo("1000");
        assertThat(usual.at("/kafka/poll.ms").asString()).isEqualTo("5");
        assertThat(option(usual, "--batch-size")).isEqualTo("1024 from default");
    }

    @Test
    void theFormOfForecastsReachesTheStream() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("serve.yaml"), "forecast-format: binary\n");
        String[] args = {"serve", "--network", "pems-bay", "--config", file.toString()};
        CommandLine command = Headwater.commandLine();
        command.setDefaultValueProvider(Settings.read(args, Map.of(), command));

        // When
        command.parseArgs(args);
        ServeCommand serve = command.getSubcommands().get("serve").getCommand();

        // Then
        assertThat(serve.settings(serve.definition()).form()).isEqualTo(ValueFormat.BINARY);
        assertThat(option(show(Map.of("HEADWATER_FORECAST_FORMAT", "binary"), "--network=jena"), "--forecast-format"))
                .isEqualTo("binary from HEADWATER_FORECAST_FORMAT");
        assertThat(option(show(Map.of(), "--network=jena"), "--forecast-format"))
                .isEqualTo("json from default");
    }

    @Test
    void withoutEffectiveOnlyWhatWasSaidIsShown() {
        // When
        String shown = run(Map.of("HEADWATER_THREADS", "2"), "config", "show", "--network", "aarhus");

        // Then
        assertThat(shown).contains("--threads").contains("--network").doesNotContain("--metrics-port");
    }

    @ParameterizedTest
    @CsvSource({
        "sasl.jaas.config, *****",
        "ssl.keystore.password, *****",
        "sasl.oauthbearer.client.credentials.client.secret, *****",
        "ssl.truststore.certificates.token, *****",
        "ssl.keystore.key, *****",
        "ssl.truststore.type, hunter2"
    })
    void secretsAreMasked(String key, String expected) {
        // When
        JsonNode shown = show(Map.of(), "--network", "pems-bay", "--kafka", key + "=hunter2");

        // Then
        assertThat(shown.at("/kafka/" + key).asString()).isEqualTo(expected);
        assertThat(option(shown, "--kafka " + key)).isEqualTo(expected + " from flag");
    }

    @Test
    void aMistypedKeyIsNamed() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("serve.properties"), "bootstrapp=localhost:1\n");
        String[] args = {"serve", "--config=" + file};

        // When
        CommandLine command = Headwater.commandLine();

        // Then
        assertThatThrownBy(() -> Settings.read(args, Map.of(), command))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("serve.properties")
                .hasMessageContaining("unknown key 'bootstrapp' (did you mean 'bootstrap'?)");
    }
}
