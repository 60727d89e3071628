package dev.headwater.lab.definition;

import java.nio.charset.StandardCharsets;

/// Rows as texts, for tests.
public final class RowText {

    private RowText() {}

    /// A row from the text of its definition.
    public static RowSpec row(String yaml) {
        return RowFile.parse(yaml.getBytes(StandardCharsets.UTF_8), "own.yaml");
    }
}
