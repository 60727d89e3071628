package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.drift.DriftEvent;
import dev.headwater.forecasting.drift.DriftKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftCodecTest {

    private static final DriftEvent EVENT = new DriftEvent(
            "pems-bay",
            DriftEvent.Scope.GROUP,
            EnumSet.allOf(DriftKind.class),
            Instant.parse("2017-06-10T21:05:00Z").toEpochMilli(),
            Instant.parse("2017-06-11T02:30:00Z").toEpochMilli(),
            2,
            16,
            List.of("400001", "4000\"17"));

    private static final String GOOD = """
            {"network":"pems-bay","scope":"group","kinds":["error","readings"],"from":"2017-06-10T21:05:00Z",\
            "to":"2017-06-11T02:30:00Z","concerned":2,"known":16,"sensors":["400001","4000\\"17"]}""";

    private final DriftCodec codec = new DriftCodec();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void writesTheDocumentedJsonAndReadsItBack() {
        assertThat(new String(codec.encode(EVENT), StandardCharsets.UTF_8)).isEqualTo(GOOD);
        assertThat(codec.decode(bytes(GOOD))).isEqualTo(EVENT);
        assertThat(codec.decode(bytes(GOOD.replace("{\"network\"", "{\"more\":[{}],\"network\""))))
                .isEqualTo(EVENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"group\" | \"city\" | scope: must be one of sensor, group, network, found 'city'",
                "\"error\" | 7 | kinds: must be one of readings, error, found '7'",
                "[\"error\",\"readings\"] | [] | kinds: must be a list that is not empty, found '[]'",
                "\"known\":16 | \"known\":1.5 | known: must be a whole number from 1, found '1.5'",
                "\"concerned\":2, | `` | concerned: must be a whole number from 1, found none",
                "\"pems-bay\" | \" \" | network: must be a text that is not empty, found ''",
                "2017-06-10T21:05:00Z | today | from: must be a time such as 2017-05-25T07:00:00Z, found 'today'",
                "\"400001\" | null | sensors: must be a text that is not empty, found 'null'",
            })
    void saysWhatIsWrong(String from, String to, String message) {
        assertThat(GOOD).contains(from);
        assertThatThrownBy(() -> codec.decode(bytes(GOOD.replace(from, to))))
                .isInstanceOf(BadDriftException.class)
                .hasMessage(message);
    }

    @Test
    void refusesWhateverIsNoEvent() {
        assertThatThrownBy(() -> codec.decode(null)).hasMessage("no value");
        assertThatThrownBy(() -> codec.decode(bytes("[]"))).hasMessage("not a JSON object");
        assertThatThrownBy(() -> codec.decode(bytes("{\"network\""))).hasMessage("not JSON: breaks off after byte 10");
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            byte[] value = Fuzz.damage(bytes(GOOD), random);
            try {
                codec.decode(value);
            } catch (BadDriftException e) {
                assertThat(e.getMessage()).hasLineCount(1);
            }
        }
    }
}
