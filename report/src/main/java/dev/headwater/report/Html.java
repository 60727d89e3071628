package dev.headwater.report;

import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// Writes blocks as one self-contained HTML page: pictures are inlined, and nothing is loaded from elsewhere. A table
/// wider than the screen scrolls by itself, by touch and by keys.
public final class Html {

    private static final String STYLE = """
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
            .table { overflow-x: auto; margin: 1rem 0; }
            table { border-collapse: collapse; }
            th, td { border-bottom: 1px solid #ccc; padding: .2rem .7rem; text-align: right; }
            th:first-child, td:first-child { text-align: left; white-space: nowrap; }
            img { max-width: 100%; }
            """;

    /// Without it a phone draws the page as wide as a desk's screen, and small.
    private static final String VIEWPORT = "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";

    private Html() {}

    /// Writes the blocks as a page.
    ///
    /// @param title title of the browser window
    public static String of(String title, List<Block> blocks) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n" + VIEWPORT + "<title>"
                + escaped(title)
                + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n"
                + blocks.stream().map(Html::of).collect(Collectors.joining())
                + "</body>\n</html>\n";
    }

    private static String of(Block block) {
        return switch (block) {
            case Block.Heading heading -> element("h" + heading.level(), escaped(heading.text())) + "\n";
            case Block.Text text -> element("p", escaped(text.text())) + "\n";
            case Block.Table table -> table(table);
            case Block.Picture picture ->
                "<img alt=\"" + escaped(picture.caption()) + "\" src=\"data:image/png;base64,"
                        + Base64.getEncoder().encodeToString(picture.png()) + "\">\n";
        };
    }

    private static String table(Block.Table table) {
        String body = table.rows().stream().map(row -> row("td", row)).collect(Collectors.joining());
        return "<div class=\"table\" tabindex=\"0\">\n<table>\n" + row("th", table.header()) + body
                + "</table>\n</div>\n";
    }

    private static String row(String cell, List<String> cells) {
        return element(
                        "tr",
                        cells.stream().map(text -> element(cell, escaped(text))).collect(Collectors.joining()))
                + "\n";
    }

    private static String element(String name, String content) {
        return "<" + name + ">" + content + "</" + name + ">";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
