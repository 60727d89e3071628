package dev.headwater.forecasting.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headwater.forecasting.artefact.ModelManifest;
import dev.headwater.forecasting.feature.Scaler;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class JsonFaultTest {

    private static final List<String> FORBIDDEN = List.of(
            "Cannot",
            "instance",
            "deserialize",
            "coerce",
            "token",
            "Exception",
            "java",
            "jackson",
            "headwater",
            "Source",
            "bound as",
            "map to",
            "No content",
            "Unrecognized",
            "Unexpected");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | not JSON at line 1",
                "{\"format\": } | not JSON at line 1",
                "nonsense | not JSON at line 1",
                "[] | must be keys and values",
                "7 | must be keys and values",
                "{\"formatt\": 1} | a key is missing or does not fit at line 1",
                "{\"format\": \"one\"} | format must be a whole number such as 12, found 'one'",
                "{\"format\": [1]} | format must be a whole number such as 12",
                "{\"network\": 7} | network must be keys and values",
                "{\"network\": {\"interval\": \"5m\"}} | network.interval must be a duration such as PT5M",
                "{\"network\": {\"name\": \"City\"}} | name must be lower-case letters, digits and hyphens, found City",
            })
    void wordsWhatIsWrongWithAManifest(String json, String message) {
        // When
        JacksonException fault =
                catchThrowableOfType(JacksonException.class, () -> JSON.readValue(json, ModelManifest.class));

        // Then
        assertThat(JsonFault.of(fault)).contains(message).hasLineCount(1).doesNotContain(FORBIDDEN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{\"means\": \"x\"}", "{\"means\": [\"x\"]}", "``"})
    void wordsWhatIsWrongWithAScaler(String json) {
        // When
        JacksonException fault = catchThrowableOfType(JacksonException.class, () -> JSON.readValue(json, Scaler.class));

        // Then
        assertThat(JsonFault.of(fault)).isNotBlank().hasLineCount(1).doesNotContain(FORBIDDEN);
    }
}
