package dev.headwater.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What a command answers: its report on standard output, for people or with `--json` as one JSON object; all else
/// on standard error.
public final class Answer {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    /// @param words prints the report for people
    void print(Object report, Consumer<PrintWriter> words) {
        if (json) {
            Output.json(command, report);
            return;
        }
        words.accept(out());
        out().flush();
    }

    boolean isJson() {
        return json;
    }

    /// Standard output.
    PrintWriter out() {
        return command.commandLine().getOut();
    }

    /// Tells the user something beside the report.
    void tell(String line) {
        Output.notices(command).accept(line);
    }

    /// The command was called wrongly.
    ///
    /// @param rule with the option's name
    ParameterException wrong(String rule) {
        return new ParameterException(command.commandLine(), rule);
    }
}
