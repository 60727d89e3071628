package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names of settings are in [ConfigCommandTest].
class SecretsTest {

    private static final Secrets NONE = Secrets.in(Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssl.keystore.password = hunter2",
                "ssl.key.password=hunter2, retries=3",
                "password: \"hunter2 \\\" hunter2\"",
                "{\"clientSecret\" : \"hunter2\", \"x\": 1}",
                "token='hunter2 hunter2'",
                "PASSWORD=\"hunter2 without an end",
                "sasl.jaas.config = org.example.Login required username=\"u\" pin=\"hunter2\";",
                "Authorization: Basic hunter2 hunter2",
                "GET https://user:hunter2@registry.example.org/ failed"
            })
    void aLineLosesWhatItsNamesMarkAsSecret(String line) {
        assertThat(NONE.maskedLine(line)).contains("*****").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12:00:00.000 INFO  StreamService: network pems-bay: starts with gru@3 of models/pems-bay/3",
                "https://example.org/a@b",
                "topic traffic.pems-bay.readings.v1: 3 records are no readings and were left out"
            })
    void otherLinesStay(String line) {
        assertThat(NONE.maskedLine(line)).isEqualTo(line);
    }

    @Test
    void whatTheSettingsHoldIsMaskedAnywhere() {
        // Given a password within a setting, a key of several lines, one that is too short, and one that begins another
        Secrets secrets = Secrets.in(Map.of(
                "sasl.jaas.config", "Login required username=\"streams\" password=\"first one\" clientSecret=second;",
                "ssl.keystore.key", "-----BEGIN-----\nthirdline\n-----END-----",
                "ssl.key.password", "abc",
                "ssl.keystore.password", "first one and more",
                "client.rack", "rack-7"));

        // When
        String masked = secrets.masked("first one and more, first one, second, thirdline; streams abc rack-7");

        // Then
        assertThat(masked).isEqualTo("*****, *****, *****, *****; streams abc rack-7");
    }
}
