package dev.headwater.report;

import java.util.List;

/// A piece of a report, written as Markdown or HTML by [Markdown] and [Html].
public sealed interface Block {

    /// A heading.
    ///
    /// @param level 1 for the title
    record Heading(int level, String text) implements Block {}

    /// A paragraph.
    record Text(String text) implements Block {}

    /// A table, the first column left, the others right.
    ///
    /// @param rows as many cells each as the header
    record Table(List<String> header, List<List<String>> rows) implements Block {}

    /// A picture.
    ///
    /// @param name    of the file, without its ending
    /// @param caption what it shows
    /// @param png     its bytes
    record Picture(String name, String caption, byte[] png) implements Block {}
}
