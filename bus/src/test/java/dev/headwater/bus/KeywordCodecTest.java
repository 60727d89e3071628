package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.audio.KeywordEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeywordCodecTest {

    private static final long FROM = Instant.parse("2026-03-17T06:00:00.020Z").toEpochMilli();
    private static final String GOOD = """
            {"source":"mic \\"1\\"","word":"go","probability":0.75,"probabilities":{"stop":0.25,"go":0.75},\
            "from":"2026-03-17T06:00:00.020Z","to":"2026-03-17T06:00:01.020Z","model":"keyword-gru@3"}""";

    private final KeywordCodec codec = new KeywordCodec();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void writesTheDocumentedJsonAndReadsItBack() {
        // Given
        KeywordEvent event = new KeywordEvent(
                "mic \"1\"", List.of("stop", "go"), new float[] {0.25f, 0.75f}, FROM, FROM + 1000, "keyword-gru@3");
        // When, Then
        assertThat(new String(codec.encode(event), StandardCharsets.UTF_8)).isEqualTo(GOOD);
        KeywordEvent read = codec.decode(bytes(GOOD));
        assertThat(read.probabilities()).containsExactly(event.probabilities());
        assertThat(read.words()).isEqualTo(event.words());
        assertThat(List.of(read.source(), read.from(), read.to(), read.model(), read.word(), read.probability()))
                .isEqualTo(List.of("mic \"1\"", FROM, FROM + 1000, "keyword-gru@3", "go", 0.75f));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"word\":\"go\" | \"word\":\"stop\" | word: must be the likeliest one, go, found stop",
                "\"word\":\"go\", | `` | word: must be there, found none",
                "\"model\":\"keyword-gru@3\" | \"model\":7 | model: must be a text that is not empty, found '7'",
                "\"go\":0.75} | \"go\":1.5} | probabilities.go: must be a number from 0 to 1, found '1.5'",
                "\"go\":0.75} | \"go\":null} | probabilities.go: must be a number from 0 to 1, found 'null'",
                "{\"stop\":0.25,\"go\":0.75} | {} | probabilities: must be there, found none",
                "{\"stop\":0.25,\"go\":0.75} | 3 | probabilities: must be an object with a number per word, found '3'",
                "01.020Z | 00.020Z | to: must come after from",
                "2026-03-17T06:00:00.020Z | now | from: must be a time such as 2026-03-17T06:00:00.020Z, found 'now'",
                "@3\"} | @3\"}{ | not JSON: more after the object",
            })
    void saysWhatIsWrong(String from, String to, String message) {
        assertThat(GOOD).contains(from);
        assertThatThrownBy(() -> codec.decode(bytes(GOOD.replace(from, to))))
                .isInstanceOf(BadKeywordException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void throwsNothingButBadKeywordWhateverTheBytes() {
        Random random = new Random(4);
        for (int i = 0; i < 30_000; i++) {
            byte[] bytes = i % 5 == 0 ? Fuzz.random(random) : Fuzz.damage(bytes(GOOD), random);
            try {
                assertThat(codec.decode(bytes).words()).isNotEmpty();
            } catch (BadKeywordException e) {
                assertThat(e.getMessage()).hasLineCount(1).hasSizeLessThan(300);
            }
        }
        assertThatThrownBy(() -> codec.decode(null)).isInstanceOf(BadKeywordException.class);
    }
}
