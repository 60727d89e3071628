package dev.headwater.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How a command prints its report: for people, or with `--json` as one JSON object.
final class Answer extends Console {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    boolean isJson() {
        return json;
    }

    /// @param words prints the report for people
    void print(Object report, Consumer<PrintWriter> words) {
        if (json) {
            printJson(report);
        } else {
            words.accept(out());
            out().flush();
        }
    }

    /// Prints one JSON object, whatever was asked for.
    void printJson(Object report) {
        out().println(JSON.writeValueAsString(report));
        out().flush();
    }
}
