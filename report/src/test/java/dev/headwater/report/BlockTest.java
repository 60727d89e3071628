package dev.headwater.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlockTest {

    private static final List<Block> BLOCKS = List.of(
            new Block.Heading(1, "Rows & figures"),
            new Block.Table(List.of("row", "MAE"), List.of(List.of("a|b", "2.44"))),
            new Block.Picture("curves", "Loss by epoch", new byte[] {1}));

    @Test
    void htmlTablesScrollOnNarrowScreens() {
        // When
        String html = Html.of("Lab", BLOCKS);

        // Then
        assertThat(html)
                .contains("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .contains(".table { overflow-x: auto;")
                .contains("<div class=\"table\" tabindex=\"0\">\n<table>\n<tr><th>row</th><th>MAE</th></tr>")
                .contains("<td>a|b</td><td>2.44</td></tr>\n</table>\n</div>\n")
                .contains("<h1>Rows &amp; figures</h1>", "alt=\"Loss by epoch\"");
    }

    @Test
    void markdownNamesItsPictures() {
        assertThat(Markdown.of(BLOCKS)).isEqualTo("""
                # Rows & figures

                | row | MAE |
                |---|---:|
                | a\\|b | 2.44 |

                ![Loss by epoch](curves.png)
                """);
    }
}
