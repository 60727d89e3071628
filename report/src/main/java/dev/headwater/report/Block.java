package dev.headwater.report;

import java.util.List;

/// A part of a report, which [Markdown] and [Html] can write.
public sealed interface Block {

    /// A heading.
    ///
    /// @param level 1 for the title
    record Heading(int level, String text) implements Block {}

    /// A paragraph.
    record Text(String text) implements Block {}

    /// A table with the first column left-aligned and the others right-aligned.
    ///
    /// @param rows rows with as many cells as the header
    record Table(List<String> header, List<List<String>> rows) implements Block {}

    /// A picture.
    ///
    /// @param name    file name without extension
    /// @param caption description of the picture
    /// @param png     content of the PNG file
    record Picture(String name, String caption, byte[] png) implements Block {}
}
