package dev.headwater.report;

import java.util.List;
import java.util.stream.Collectors;

/// Writes blocks as Markdown; pictures are separate files in the same folder.
public final class Markdown {

    private Markdown() {}

    /// Writes the blocks as Markdown, with an empty line between them.
    public static String of(List<Block> blocks) {
        return blocks.stream().map(Markdown::of).collect(Collectors.joining("\n"));
    }

    private static String of(Block block) {
        return switch (block) {
            case Block.Heading heading -> "#".repeat(heading.level()) + " " + heading.text() + "\n";
            case Block.Text text -> text.text() + "\n";
            case Block.Table table -> table(table);
            case Block.Picture picture -> "![" + picture.caption() + "](" + picture.name() + ".png)\n";
        };
    }

    private static String table(Block.Table table) {
        String rule = "|---|" + "---:|".repeat(table.header().size() - 1) + "\n";
        return row(table.header())
                + rule
                + table.rows().stream().map(Markdown::row).collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
