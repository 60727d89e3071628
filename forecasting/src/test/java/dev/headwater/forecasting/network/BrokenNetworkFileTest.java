package dev.headwater.forecasting.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/// Mistakes in a network's YAML are reported in one line with the line number, without wording from a library.
class BrokenNetworkFileTest {

    private static final String VALID = """
            name: city
            domain: traffic
            interval: PT5M
            zone: Europe/Paris
            measures:
              - name: speed
                unit: km/h
                missing: 0
              - name: flow
            target: flow
            window:
              lookback: 6
              horizon: 3
            gap:
              minObserved: 0.5
            split: {train: 0.6, validation: 0.2}
            features:
              calendar: [timeOfDay]
              dailyCycle: false
              holidays: [2024-01-01]
            training: {hidden: 16}
            sensors:
              - id: a
                latitude: 48.8
                longitude: 2.3
            """;

    /// Wording from Jackson, from its YAML parser, and from Java.
    static final List<String> FORBIDDEN = List.of(
            "Cannot",
            "instance of",
            "bound as",
            "map to",
            "map `",
            "deserialize",
            "coerce",
            "token",
            "Exception",
            "tools.jackson",
            "java.",
            "dev.headwater",
            "Integer",
            "Float",
            "Double",
            "Boolean",
            "ArrayList",
            "HashMap",
            "ZoneId",
            "Duration",
            "LocalDate",
            "Spec",
            "must be a int",
            "must be an int",
            "null",
            "while scanning",
            "while parsing",
            "expected <",
            "reader",
            "Source:",
            "UnknownSensors",
            "END_",
            "START_",
            "VALUE_",
            "record",
            "problem:",
            "mapping",
            "Duplicate field",
            "special characters");

    private static SensorNetwork parse(String yaml) {
        return NetworkFile.parse(yaml.getBytes(StandardCharsets.UTF_8), "city.yaml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lookback: 6 | '\tlookback: 6' | 12 | must be YAML, keys and values indented by spaces, found a tab",
                "lookback: 6 | lookback: 6 | 13 | must be YAML, keys and values indented by spaces, found 'horizon: 3'",
                "lookback: 6 | '   lookback: 6' | 13 | must be YAML, keys and values indented by spaces, found 'horizon: 3'",
                "lookback: 6 | '  lookback 6' | 13 | must be YAML",
                "lookback: 6 | '  lookback: 48.5' | 12 | window.lookback must be a whole number such as 12, found '48.5'",
                "lookback: 6 | '  lookback: six' | 12 | window.lookback must be a whole number such as 12, found 'six'",
                "lookback: 6 | '  lookback: 99999999999' | 12 | window.lookback must be a whole number such as 12, found '99999999999'",
                "lookback: 6 | '  lookback:' | 12 | window.lookback must be a whole number such as 12, found none",
                "lookback: 6 | '  lookback: [6]' | 12 | window.lookback must be a whole number such as 12, found a list",
                "lookback: 6 | '  lookback: {a: 6}' | 12 | window.lookback must be a whole number such as 12, found keys and values",
                "lookback: 6 | '  lookback: 0' | 12 | window.lookback: must be from 1 to 10000 slots, found 0",
                "lookback: 6 | '  every: 2' | 11 | window.lookback must be a whole number such as 12, found none",
                "lookback: 6 | '  lookback: 6\u0001' | 12 | must be text, found a control character",
                "zone: Europe/Paris | zone: Mars | 4 | zone must be a zone such as Europe/Berlin, found 'Mars'",
                "zone: Europe/Paris | zone: 5 | 4 | zone must be a zone such as Europe/Berlin, found '5'",
                "zone: Europe/Paris | name: town | 4 | key 'name' must occur once, found it again",
                "zone: Europe/Paris | zone: &z | 4 | zone must be a zone such as Europe/Berlin, found none",
                "zone: Europe/Paris | zone: *z | 4 | zone must be a zone such as Europe/Berlin, found 'z'",
                "zone: Europe/Paris | zone: @z | 4 | must be YAML",
                "zone: Europe/Paris | zone: a: b: c | 4 | must be YAML",
                "zone: Europe/Paris | zone: \"Europe | 4 | must be YAML",
                "interval: PT5M | interval: 5m | 3 | interval must be a duration such as PT5M, PT1H or P1D, found '5m'",
                "interval: PT5M | interval: P1Y | 3 | interval must be a duration such as PT5M, PT1H or P1D, found 'P1Y'",
                "interval: PT5M | interval: P30D | 3 | interval must be a duration from PT0.001S to PT168H, such as PT5M, found PT720H",
                "interval: PT5M | interval: true | 3 | interval must be a duration such as PT5M, PT1H or P1D, found 'true'",
                "interval: PT5M | intervall: PT5M | 3 | unknown key 'intervall' (did you mean 'interval'?)",
                "target: flow | target: flwo | 10 | target must be one of the measures [speed, flow], found flwo",
                "target: flow | target: [flow] | 10 | target must be a text, found a list",
                "target: flow | unknownSensors: maybe | 10 | unknownSensors must be one of accept, reject, found 'maybe'",
                "target: flow | maxSensors: many | 10 | maxSensors must be a whole number such as 12, found 'many'",
                "target: flow | maxSensors: 0 | 10 | maxSensors must be at least 1 and the number of listed sensors, found 0",
                "target: flow | target: flow¶---¶name: b | 12 | must be one document, found another after ---",
                "minObserved: 0.5 | '  minObserved: half' | 15 | gap.minObserved must be a number such as 0.5, found 'half'",
                "minObserved: 0.5 | '  minObserved: 1.5' | 15 | gap.minObserved: must be from 0 to 1, found 1.5",
                "split: {train: 0.6, validation: 0.2} | split: 0.7 | 16 | split must be keys and values such as {a: 1, b: 2}, found '0.7'",
                "split: {train: 0.6, validation: 0.2} | split: {train: 0.6} | 16 | split.validation must be a number such as 0.5, found none",
                "split: {train: 0.6, validation: 0.2} | split: {train: 0.6 | 17 | must be YAML",
                "split: {train: 0.6, validation: 0.2} | split: {train: 0.9, validation: 0.2} | 16 | split: train and validation must be above 0",
                "calendar: [timeOfDay] | '  calendar: timeOfDay' | 18 | features.calendar must be a list such as [a, b], found 'timeOfDay'",
                "calendar: [timeOfDay] | '  calendar: [daytime]' | 18 | features.calendar[0] must be one of timeOfDay, dayOfWeek, timeOfYear, found 'daytime'",
                "calendar: [timeOfDay] | '  calendar: [timeOfDay, timeOfDay]' | 18 | features.calendar: must be distinct",
                "dailyCycle: false | '  dailyCycle: perhaps' | 19 | features.dailyCycle must be true or false, found 'perhaps'",
                "holidays: [2024-01-01] | '  holidays: [New Year]' | 20 | features.holidays[0] must be a date such as 2017-07-04, found 'New Year'",
                "holidays: [2024-01-01] | '  holidays: [2023-02-30]' | 20 | features.holidays[0] must be a date such as 2017-07-04, found '2023-02-30'",
                "holidays: [2024-01-01] | '  holidays: [~]' | 20 | features.holidays[0] must be a date such as 2017-07-04, found '~'",
                "training: {hidden: 16} | training: hidden | 21 | training must be keys and values such as {a: 1, b: 2}, found 'hidden'",
                "training: {hidden: 16} | training: {hidden: [16]} | 21 | training.hidden must be a text, found a list",
                "- name: flow | '  - speed' | 9 | measures[1] must be keys and values such as {a: 1, b: 2}, found 'speed'",
                "- name: flow | '  -' | 9 | measures[1] must be keys and values such as {a: 1, b: 2}, found none",
                "- name: flow | '  - unit: m' | 9 | measures: a name has letters, digits, - and _ only, found none",
                "- name: flow | '  - name: a b' | 9 | measures: a name has letters, digits, - and _ only, found 'a b'",
                "missing: 0 | '    missing: none' | 8 | measures[0].missing must be a number such as 0.5, found 'none'",
                "missing: 0 | '    min: 5¶    max: 1' | 6 | measures: min must be below max, found 5.0 and 1.0 for speed",
                "- id: a | '  - id: \" \"' | 23 | sensors: every sensor needs an id, found blanks",
                "calendar: [timeOfDay] | '  vectors: [{speed: speed}]' | 18 | features.vectors: must name two measures, speed and direction, found speed and none",
                "latitude: 48.8 | '    latitude: north' | 24 | sensors[0].latitude must be a number such as 0.5, found 'north'",
                "latitude: 48.8 | '    latitude: 480' | 23 | sensors: latitude and longitude are in degrees, found 480.0, 2.3 for a",
                "longitude: 2.3 | '    longitude: 2.3¶    road: A1' | 23 | sensors: road and position must be given together, found road A1 and no position for a",
                "longitude: 2.3 | '    longitude: 2.3¶    position: 4' | 23 | sensors: road and position must be given together, found no road and position 4.0 for a",
                "longitude: 2.3 | '    longitude: 2.3¶    position: 4¶    road: \" \"' | 23 | sensors: road must be a text such as 101-N, found blanks for a",
                "longitude: 2.3 | '    longitude: 2.3¶    road: A1¶    position: far' | 27 | sensors[0].position must be a number such as 0.5, found 'far'",
                "longitude: 2.3 | '    longitude: 2.3¶    road: A1¶    position: .inf' | 27 | sensors[0].position must be a finite number such as 0.5, found 'Infinity'",
                "latitude: 48.8 | '    height: 3' | 24 | unknown key 'sensors[0].height'",
            })
    void namesFileLineKeyRuleAndWhatWasFound(String good, String bad, int line, String message) {
        // Given
        String broken = VALID.lines()
                .map(one -> (one.strip().equals(good) ? bad.replace('¶', '\n') : one) + "\n")
                .collect(Collectors.joining());
        assertThat(broken).isNotEqualTo(VALID);

        // Then
        assertThatThrownBy(() -> parse(broken))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("city.yaml: ")
                .hasMessageContaining(message)
                .hasMessageContaining("(line " + line + ")")
                .message()
                .hasLineCount(1)
                .doesNotContain(FORBIDDEN);
    }

    static final List<String> NOTHING_TO_FIND =
            List.of("", "# nothing\n", "---\n", "~", "[]", "just words", "7", "- a");

    @ParameterizedTest
    @FieldSource("NOTHING_TO_FIND")
    void saysThatANetworkIsMissing(String yaml) {
        // Then
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("city.yaml: must (describe a network|be keys and values such as .*), found .+")
                .message()
                .doesNotContain(FORBIDDEN);
    }

    @Test
    void saysThatTextMustBeUtf8() {
        // Then
        assertThatThrownBy(() -> NetworkFile.parse("name: Köln".getBytes(StandardCharsets.ISO_8859_1), "city.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("city.yaml: must be text in UTF-8");
    }

    @Test
    void valuesOfTheCommandLineAreOnNoLine() {
        // Then
        assertThatThrownBy(() -> NetworkFile.load("jena", Map.of("window.lookback", "48.5")))
                .hasMessage("jena.yaml: window.lookback must be a whole number such as 12, found '48.5'");
        assertThatThrownBy(() -> NetworkFile.load("jena", Map.of("window.lookback", "{")))
                .hasMessage("change of window.lookback: must be a value in YAML, found '{'");
    }
}
