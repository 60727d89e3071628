package dev.headwater.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Output of a command: figures on standard output, all else on standard error.
@Command // picocli requires it on a mixin without options
public class Console {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /// Standard output.
    public final PrintWriter out() {
        return command.commandLine().getOut();
    }

    /// Prints a line for the user on standard error.
    public final void tell(String line) {
        command.commandLine().getErr().println("headwater: " + line);
        command.commandLine().getErr().flush();
    }

    /// The exception for a wrong call of the command.
    ///
    /// @param rule the rule that was broken, with the option's name
    final ParameterException wrong(String rule) {
        return new ParameterException(command.commandLine(), rule);
    }

    /// True when the user typed the option.
    public final boolean isTyped(String option) {
        return command.commandLine().getParseResult().hasMatchedOption(option);
    }
}
